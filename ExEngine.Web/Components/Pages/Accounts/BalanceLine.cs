namespace ExEngine.Web.Components.Pages.Accounts;

/// <summary>One line of the starting balances while it is typed.</summary>
internal sealed class BalanceLine
{
    public string? Asset { get; set; }
    public string? Amount { get; set; }

    /// <summary>The lines as the validator wants them; one that is empty does not count, and pasted grouping is dropped.</summary>
    public static IReadOnlyDictionary<string, string> Together(IEnumerable<BalanceLine> lines)
    {
        var together = new Dictionary<string, string>();
        foreach (var line in lines.Where(l => !string.IsNullOrWhiteSpace(l.Asset) || !string.IsNullOrWhiteSpace(l.Amount)))
        {
            var asset = (line.Asset ?? "").Trim().ToUpperInvariant();

            // An asset that stands twice is left for the validator to refuse under a name that says so.
            together[together.ContainsKey(asset) ? $"{asset} (twice)" : asset] = AmountOf(line.Amount);
        }

        return together;
    }

    private static string AmountOf(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not (',' or '_')));
}
