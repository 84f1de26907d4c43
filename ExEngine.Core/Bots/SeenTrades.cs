namespace ExEngine.Core.Bots;

/// <summary>
/// The trades that were counted last, so that one that is told twice counts once. The database holds each trade once for ever; this is
/// the same within a planner, for as many as can be under way.
/// </summary>
internal static class SeenTrades
{
    public const int Kept = 256;

    /// <summary>The list with one more; null when it was there.</summary>
    public static IReadOnlyList<string>? With(IReadOnlyList<string> seen, string trade) =>
        seen.Contains(trade, StringComparer.Ordinal) ? null
        : seen.Count < Kept ? [.. seen, trade]
        : [.. seen.Skip(seen.Count - Kept + 1), trade];
}
