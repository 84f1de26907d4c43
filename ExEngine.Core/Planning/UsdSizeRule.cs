using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>
/// A size in dollars is a size in quote where the quote is a dollar or a coin that stands for one. Elsewhere it would be
/// another amount altogether: 100 dollars of ETH/BTC are not 100 BTC.
/// </summary>
public static class UsdSizeRule
{
    /// <summary>Null when the size is in another unit, or the market's quote is a dollar currency.</summary>
    public static OrderRefusal? Refusal(SignalDraft draft, Market market)
    {
        if (!draft.SizeInDollars || DollarCoins.Contains(market.Quote))
        {
            return null;
        }

        var asked = ExactJson.Text(draft.Cost ?? draft.Size?.Value ?? 0) + " USD";
        return new OrderRefusal(
            RefusalCodes.CurrencyMismatch,
            "cost",
            asked,
            market.Quote,
            [],
            $"The size is {asked}, and {market.Symbol} is paid in {market.Quote}; state the size in {market.Quote} or in {market.Base}."
        );
    }
}
