using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots;

/// <summary>
/// Fills to books. An exit takes its share of the cost along, rounded as <see cref="Proportion"/> does, the rest staying.
/// </summary>
public static class BookMath
{
    public static BotBook Apply(BotBook book, BotDirection direction, BotFill fill, Market market)
    {
        var feeInBase = fill.FeeAsset == market.Base ? fill.Fee : 0;
        var feeInQuote = fill.FeeAsset == market.Quote ? fill.Fee : 0;
        var (coins, money) =
            fill.Side == OrderSide.Buy
                ? (fill.Quantity - feeInBase, -fill.Cost - feeInQuote)
                : (fill.Quantity + feeInBase, fill.Cost - feeInQuote);
        var after = fill.Side == direction.EntrySide() ? Enter(book, fill, coins, money) : Leave(book, direction, coins, money);
        return after with { Money = book.Money + money, Fees = WithFee(book.Fees, fill) };
    }

    /// <summary>In quote: what the rest would bring at a price, less its cost; before the fee of leaving.</summary>
    public static decimal Floating(BotBook book, BotDirection direction, decimal price) =>
        direction.Sign() * ((book.Held * price) - book.Cost);

    /// <summary>Takes some of what is held out of a book at its cost, as when dust is kept by the bot.</summary>
    public static (BotBook Left, decimal Cost) Take(BotBook book, decimal quantity)
    {
        var all = quantity >= book.Held;
        var cost = all ? book.Cost : Proportion.Of(book.Cost, quantity, book.Held);
        return (
            book with
            {
                Held = all ? 0 : book.Held - quantity,
                Cost = book.Cost - cost,
                BareCost = all ? 0 : book.BareCost - Proportion.Of(book.BareCost, quantity, book.Held),
                BareQuantity = all ? 0 : book.BareQuantity - Proportion.Of(book.BareQuantity, quantity, book.Held),
            },
            cost
        );
    }

    private static BotBook Enter(BotBook book, BotFill fill, decimal coins, decimal money)
    {
        var after = book with
        {
            Held = book.Held + coins,
            Cost = book.Cost + Math.Abs(money),
            BareCost = book.BareCost + fill.Cost,
            BareQuantity = book.BareQuantity + fill.Quantity,
        };
        return after with
        {
            Average = after.BareQuantity > 0 ? after.BareCost / after.BareQuantity : null,
            NetAverage = after.Held > 0 ? after.Cost / after.Held : null,
        };
    }

    private static BotBook Leave(BotBook book, BotDirection direction, decimal coins, decimal money)
    {
        var (left, cost) = Take(book, coins);
        return left with { Realized = book.Realized + money - (direction.Sign() * cost) };
    }

    private static IReadOnlyDictionary<string, decimal> WithFee(IReadOnlyDictionary<string, decimal> fees, BotFill fill) =>
        fill.FeeAsset is not { } asset || fill.Fee == 0
            ? fees
            : new SortedDictionary<string, decimal>(fees.ToDictionary(), StringComparer.Ordinal)
            {
                [asset] = fees.GetValueOrDefault(asset) + fill.Fee,
            };
}
