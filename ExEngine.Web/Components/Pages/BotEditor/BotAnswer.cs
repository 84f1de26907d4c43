namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>What the editor gives out when it is pressed.</summary>
/// <param name="Settings">JSON, with the names of the kind; it was checked, and the market's rules were shown.</param>
public sealed record BotAnswer(string Kind, string Name, Guid AccountId, string Symbol, string Settings);
