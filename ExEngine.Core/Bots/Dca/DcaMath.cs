using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Dca;

/// <summary>Targets of a deal, in quote per base. The raw numbers; the market's tick is the last step (<see cref="OnTick"/>).</summary>
public static class DcaMath
{
    /// <summary>Where a profit of so many percent is reached.</summary>
    /// <param name="baseCost">In quote, before fees: what the base order took.</param>
    public static decimal Target(BotDirection direction, BotBook book, decimal percent, DcaTakeProfit how, decimal baseCost, FeeRates fees)
    {
        var isNet = how.NetOfFees && book.NetAverage is not null;
        var average = isNet ? NetAverage(direction, book, fees) : book.Average ?? 0;
        var target =
            how.From == PriceBase.Average
                ? direction.Better(average, percent)
                : average + (direction.Sign() * percent / 100 * baseCost / book.BareQuantity);
        return isNet ? AfterExitFee(direction, target, fees.Maker(direction.ExitSide())) : target;
    }

    /// <summary>Where leaving at market gives back what was put in, the fees of both ways included, and so many percent more.</summary>
    public static decimal BreakEven(BotDirection direction, BotBook book, FeeRates fees, decimal percent = 0) =>
        AfterExitFee(direction, direction.Better(NetAverage(direction, book, fees), percent), fees.Taker(direction.ExitSide()));

    /// <summary>What trailing keeps of each quote put in when it leaves right after its target: 1 or less earns nothing (C11).</summary>
    public static decimal TrailingKeeps(DcaTakeProfit how, decimal percent, FeeRates fees, BotDirection direction)
    {
        var (entry, exit) = (fees.Taker(direction.EntrySide()), fees.Taker(direction.ExitSide()));
        var trailing = how.Trailing ?? 0;
        return (1 + (percent / 100)) * (1 - (trailing / 100)) * (1 - exit) / (1 + entry);
    }

    /// <summary>An exit's price on the tick: of a sell up, of a buy down, so that rounding never takes of the profit.</summary>
    public static decimal OnTick(BotDirection direction, decimal price, Market market) =>
        direction == BotDirection.Long ? market.PriceIncrements.Up(price) ?? price : market.PriceIncrements.Down(price);

    private static decimal NetAverage(BotDirection direction, BotBook book, FeeRates fees)
    {
        var average = book.NetAverage ?? 0;
        var entry = fees.Taker(direction.EntrySide());
        return fees.Coin != FeeCoin.Third ? average
            : direction == BotDirection.Long ? average * (1 + entry)
            : average * (1 - entry);
    }

    private static decimal AfterExitFee(BotDirection direction, decimal price, decimal rate) =>
        direction == BotDirection.Long ? price / (1 - rate) : price / (1 + rate);
}
