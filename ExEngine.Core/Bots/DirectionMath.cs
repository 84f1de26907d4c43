using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>What is up for a long is down for a short: the only place that knows, so that planners are written once.</summary>
public static class DirectionMath
{
    public static OrderSide EntrySide(this BotDirection direction) => direction == BotDirection.Long ? OrderSide.Buy : OrderSide.Sell;

    public static OrderSide ExitSide(this BotDirection direction) => direction == BotDirection.Long ? OrderSide.Sell : OrderSide.Buy;

    /// <summary>A price that is this many percent worse for what is held: lower for a long.</summary>
    public static decimal Worse(this BotDirection direction, decimal price, decimal percent) =>
        price * (1 - (direction.Sign() * percent / 100));

    /// <summary>A price that is this many percent better for what is held: higher for a long.</summary>
    public static decimal Better(this BotDirection direction, decimal price, decimal percent) => direction.Worse(price, -percent);

    /// <summary>Whether a price is at a level or further on in the direction of profit.</summary>
    public static bool HasReached(this BotDirection direction, decimal price, decimal level) =>
        direction == BotDirection.Long ? price >= level : price <= level;

    /// <summary>Whether a price is at a level or further on in the direction of loss.</summary>
    public static bool HasFallenTo(this BotDirection direction, decimal price, decimal level) =>
        direction == BotDirection.Long ? price <= level : price >= level;

    /// <summary>1 for a long, −1 for a short.</summary>
    public static int Sign(this BotDirection direction) => direction == BotDirection.Long ? 1 : -1;
}
