using ExEngine.Core.Exchanges.Ccxt.Descriptions;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>The steps of a market: by CCXT's precision mode, but for what <see cref="StepExceptions"/> says of the exchange.</summary>
internal static class CcxtIncrements
{
    private const int DecimalPlaces = 2;

    public static Increments? Price(CcxtMarkets answer, CcxtMarket market)
    {
        var exceptions = ExchangeDescriptions.Of(answer.Exchange).Precision;
        var steps = exceptions?.PriceDigits is { } digits
            ? Increments.Digits(digits)
            : CcxtMarketParser.Increments(answer.PrecisionMode, market.Precision?.Price);
        if (steps is null || exceptions is null)
        {
            return steps;
        }

        steps = exceptions.WholePrices ? steps.Value with { Coarsest = 1 } : steps;
        var most = market.Type == "spot" ? exceptions.PriceDecimals : exceptions.ContractPriceDecimals ?? exceptions.PriceDecimals;
        var less = exceptions.LessQuantityDecimals ? CcxtMarketParser.Number(market.Precision?.Amount)?.Scale ?? 0 : 0;
        return most is { } places ? steps.Value with { Finest = Increments.Decimals(places - less).IncrementAt(0) } : steps;
    }

    /// <summary>As CCXT's <c>costToPrecision</c> has it: where no step of costs is stated, the step of prices is meant.</summary>
    public static Increments Cost(CcxtMarkets answer, CcxtMarket market) =>
        CcxtMarketParser.Increments(answer.PrecisionMode, market.Precision?.Cost ?? market.Precision?.Price) ?? Increments.Any;

    /// <param name="contract">How much base one contract is; 1 on spot.</param>
    public static Increments? Quantity(CcxtMarkets answer, CcxtMarket market, decimal contract) =>
        CcxtMarketParser.Increments(
            ExchangeDescriptions.Of(answer.Exchange).Precision?.QuantityInDecimals == true ? DecimalPlaces : answer.PrecisionMode,
            market.Precision?.Amount,
            contract
        );
}
