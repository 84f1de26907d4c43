namespace ExEngine.Core.Bots.Edits;

/// <summary>What of changed settings does not hold for what runs.</summary>
/// <param name="Field">The setting: <c>investment</c>.</param>
/// <param name="Reason">Why, and what to do instead, in a sentence.</param>
/// <param name="IsRefused">The edit is not taken with it; else it holds later.</param>
public sealed record EditLimit(string Field, string Reason, bool IsRefused);
