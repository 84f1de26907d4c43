using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots;

/// <summary>One execution of one of a bot's orders, as its planner sees it.</summary>
/// <param name="TradeId">The exchange's; a trade that is told twice counts once.</param>
/// <param name="Key">The order. It decides to which deal or line the fill belongs, never the price.</param>
/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base, before fees.</param>
/// <param name="Cost">In quote, before fees.</param>
/// <param name="Fee">In <paramref name="FeeAsset"/>; negative is a rebate.</param>
/// <param name="At">UTC, by the exchange's clock.</param>
public sealed record BotFill(
    string TradeId,
    BotOrderKey Key,
    OrderSide Side,
    decimal Price,
    decimal Quantity,
    decimal Cost,
    decimal Fee,
    string? FeeAsset,
    DateTime At
)
{
    public static BotFill Of(Fill fill, BotOrderKey key) =>
        new(fill.ExchangeTradeId, key, fill.Side, fill.Price, fill.Quantity, fill.Cost, fill.Fee, fill.FeeAsset, fill.At);
}
