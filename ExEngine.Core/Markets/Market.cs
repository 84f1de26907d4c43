namespace ExEngine.Core.Markets;

/// <summary>
/// A symbol on an exchange with its rules. Prices are in quote per base, quantities in base, costs in quote. A null
/// limit means that the exchange states none; limits are inclusive.
/// </summary>
public sealed record Market
{
    /// <summary>CCXT's id of the exchange, or <c>paper</c>.</summary>
    public required string Exchange { get; init; }

    /// <summary>Unified symbol: <c>BTC/USDT</c>, or <c>BTC/USDT:USDT</c> for a perpetual.</summary>
    public required string Symbol { get; init; }

    /// <summary>The exchange's own id: <c>BTCUSDT</c>.</summary>
    public required string ExchangeSymbol { get; init; }
    public required string Base { get; init; }
    public required string Quote { get; init; }

    /// <summary><c>spot</c>, <c>swap</c>, <c>future</c>, …</summary>
    public string Kind { get; init; } = "spot";

    /// <summary>False while the exchange does not take orders on it.</summary>
    public bool Active { get; init; } = true;
    public Increments PriceIncrements { get; init; }
    public Increments QuantityIncrements { get; init; }

    /// <summary>What the cost of a market buy lies on, where that is what an exchange takes.</summary>
    public Increments CostIncrements { get; init; }
    public decimal? MinQuantity { get; init; }
    public decimal? MaxQuantity { get; init; }

    /// <summary>
    /// Bounds for market orders, on top of <see cref="MinQuantity"/> and <see cref="MaxQuantity"/>, where an exchange has them.
    /// </summary>
    public decimal? MinMarketQuantity { get; init; }
    public decimal? MaxMarketQuantity { get; init; }
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    public decimal? MinNotional { get; init; }
    public decimal? MaxNotional { get; init; }

    /// <summary>Whether the limits on notional hold for market orders too; measured at the price that is expected.</summary>
    public bool MinNotionalAtMarket { get; init; } = true;
    public bool MaxNotionalAtMarket { get; init; } = true;

    /// <summary>Why the exchange may refuse what these rules let pass, in a sentence; null when they are all of its rules.</summary>
    public string? RulesNote { get; init; }

    /// <summary>Fee rates as fractions: 0.001 is 0.1 %.</summary>
    public decimal? TakerFee { get; init; }
    public decimal? MakerFee { get; init; }
}
