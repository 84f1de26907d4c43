using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>An order at the exchange of a backtest.</summary>
internal sealed class VenueOrder(BotOrderKey key, OrderSide side, decimal? price, decimal quantity, long level)
{
    public BotOrderKey Key => key;
    public OrderSide Side => side;

    /// <summary>Quote per base; null at market.</summary>
    public decimal? Price => price;

    /// <summary>In base, not executed.</summary>
    public decimal Remaining => quantity - Executed;
    public decimal Executed { get; set; }

    /// <summary>In units of the series: the price that fills it, one tick through its own.</summary>
    public long Level => level;

    public bool IsMet(long at) => side == OrderSide.Buy ? at <= level : at >= level;
}
