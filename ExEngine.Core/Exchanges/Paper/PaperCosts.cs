using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>What orders and fills of the paper exchange cost.</summary>
internal static class PaperCosts
{
    private const int FeeDecimals = 8;
    private const decimal FeeUnit = 0.00000001m;

    public static PaperFill FillOf(OrderSide side, decimal price, decimal quantity, PaperTerms terms, bool isMaker)
    {
        var cost = IncrementMath.Shortest(price * quantity);
        var inBase = terms.FeeInBase(side);
        var fee = (inBase ? quantity : cost) * (isMaker ? terms.MakerFee : terms.TakerFee);
        return new(price, quantity, cost, IncrementMath.Shortest(Math.Round(fee, FeeDecimals, MidpointRounding.ToZero)), inBase, isMaker);
    }

    /// <summary>What the rest of an order must have set aside when it fills at this price: quote for a buy, base for a sell.</summary>
    public static decimal Reserve(PaperOrder order, decimal price, PaperTerms terms)
    {
        var amount = order.Side == OrderSide.Buy ? price * order.Remaining : order.Remaining;
        return amount
            + (FeeOnTop(order.Side, terms) ? Math.Round(amount * Rate(terms), FeeDecimals, MidpointRounding.ToPositiveInfinity) : 0);
    }

    /// <summary>In base: how much of the rest fills at this price, by what is there to trade with and by what can be paid.</summary>
    public static decimal Fillable(PaperOrder order, PaperBalancePair balances, decimal price, PaperTerms terms)
    {
        var most = terms.Liquidity is { } liquidity
            ? Math.Min(order.Remaining, terms.QuantityIncrements.Down(liquidity / price))
            : order.Remaining;
        var money = balances.Free(order.Side) + order.Locked;
        return most > 0 && Paid(order, price, most, terms) > money ? Affordable(order, price, money, terms) : most;
    }

    // Only a buy that was triggered by a stop comes here: the price may have left the one that money was set aside for.
    private static decimal Affordable(PaperOrder order, decimal price, decimal money, PaperTerms terms)
    {
        // The fee on top is rounded up by less than one unit of its last decimal.
        var most = terms.QuantityIncrements.Down(Math.Max(0, money - FeeUnit) / Paid(order, price, 1, terms));
        return Paid(order, price, most, terms) <= money ? most : 0;
    }

    private static decimal Paid(PaperOrder order, decimal price, decimal quantity, PaperTerms terms) =>
        Reserve(order with { Quantity = quantity, FilledQuantity = 0 }, price, terms);

    private static bool FeeOnTop(OrderSide side, PaperTerms terms) => terms.FeeInBase(side) == (side == OrderSide.Sell);

    private static decimal Rate(PaperTerms terms) => Math.Max(terms.MakerFee, terms.TakerFee);
}
