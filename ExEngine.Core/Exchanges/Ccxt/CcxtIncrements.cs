using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// The steps of a market. CCXT states one precision mode per exchange, but a few of its exchanges override how they round;
/// those are named here, after <c>priceToPrecision</c> and <c>amountToPrecision</c> in their CCXT source.
/// </summary>
internal static class CcxtIncrements
{
    private const int DecimalPlaces = 2;

    public static Increments? Price(CcxtMarkets answer, CcxtMarket market) =>
        answer.Exchange switch
        {
            // Five significant digits and at most eight decimals.
            "bitfinex" => Finest(CcxtMarketParser.Increments(answer.PrecisionMode, market.Precision?.Price), 8),

            // Five significant digits, but whole numbers always; at most 8 (spot) or 6 decimals less those of the quantity.
            "hyperliquid" => Finest(
                Increments.Digits(5) with
                {
                    Coarsest = 1,
                },
                (market.Type == "spot" ? 8 : 6) - Places(market.Precision?.Amount)
            ),
            _ => CcxtMarketParser.Increments(answer.PrecisionMode, market.Precision?.Price),
        };

    /// <param name="contract">How much base one contract is; 1 on spot.</param>
    public static Increments? Quantity(CcxtMarkets answer, CcxtMarket market, decimal contract) =>
        CcxtMarketParser.Increments(
            answer.Exchange is "bitfinex" or "bithumb" ? DecimalPlaces : answer.PrecisionMode,
            market.Precision?.Amount,
            contract
        );

    private static Increments? Finest(Increments? steps, int places) =>
        steps is { } known ? known with { Finest = Increments.Decimals(places).IncrementAt(0) } : null;

    private static int Places(string? step) => CcxtMarketParser.Number(step)?.Scale ?? 0;
}
