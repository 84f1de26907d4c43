using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges;

/// <summary>One execution of an order, as the exchange's ledger has it.</summary>
public sealed record ExchangeTrade
{
    /// <summary>Unique within the symbol on this exchange.</summary>
    public required string TradeId { get; init; }
    public required string ExchangeOrderId { get; init; }
    public required string Symbol { get; init; }
    public required OrderSide Side { get; init; }

    /// <summary>Quote per base.</summary>
    public required decimal Price { get; init; }

    /// <summary>In base, before fees.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>In quote, before fees; the exchange's own figure where it states one.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Zero or above; negative is a rebate.</summary>
    public decimal Fee { get; init; }

    /// <summary>Base, quote or a third asset such as BNB; null when there is no fee.</summary>
    public string? FeeAsset { get; init; }

    /// <summary>Null when the exchange does not tell.</summary>
    public bool? IsMaker { get; init; }

    /// <summary>UTC, by the exchange's clock.</summary>
    public required DateTime At { get; init; }
}
