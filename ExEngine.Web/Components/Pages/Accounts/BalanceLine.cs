using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Accounts;

/// <summary>One line of the starting balances while it is typed.</summary>
internal sealed class BalanceLine
{
    public string? Asset { get; set; }
    public string? Amount { get; set; }

    /// <summary>The lines as the validator wants them; one that is empty does not count.</summary>
    public static IReadOnlyDictionary<string, string> Together(IEnumerable<BalanceLine> lines, NumberFields numbers)
    {
        var together = new Dictionary<string, string>();
        foreach (var line in lines.Where(l => !string.IsNullOrWhiteSpace(l.Asset) || !string.IsNullOrWhiteSpace(l.Amount)))
        {
            var asset = (line.Asset ?? "").Trim().ToUpperInvariant();

            // An asset that stands twice is left for the validator to refuse under a name that says so.
            together[together.ContainsKey(asset) ? $"{asset} (twice)" : asset] = numbers.Read(
                nameof(ExchangeAccountInput.PaperBalances),
                line.Amount
            )
                is { } amount
                ? ExactJson.Text(amount)
                : "";
        }

        return together;
    }
}
