using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>A plan together with what its position and orders come to at this moment. Amounts in base, prices in quote per base.</summary>
internal sealed class ProtectionLook
{
    private static readonly TimeSpan OldPrice = TimeSpan.FromMinutes(1);

    public ProtectionLook(ProtectionContext c, ProtectionPlan plan)
    {
        (Context, Plan) = (c, plan);
        Live = [.. c.Orders.Where(o => !o.Status.IsFinal() && o.OriginId == plan.Id && o.Origin == OrderOrigin.Protection)];
        Strangers = [.. c.Orders.Where(o => !o.Status.IsFinal() && o.OriginId != plan.Id && o.Origin == OrderOrigin.Protection)];
        Held = c.Position.Quantity - c.Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Uncounted());
        Free = Held - c.Orders.Locked();
        Ours = Free + Live.Locked();
        var price = c.Price is { } ticker && c.Now - ticker.At <= OldPrice ? ticker : null;
        (Last, Bid) = (price?.Last, price?.Bid ?? price?.Last);
    }

    public ProtectionContext Context { get; }
    public ProtectionPlan Plan { get; }
    public ProtectionState State => Plan.State;
    public Market Market => Context.Market;

    /// <summary>Orders of this plan that are not over.</summary>
    public IReadOnlyList<Order> Live { get; }

    /// <summary>Orders of a plan before this one: their coins come free before anything is placed.</summary>
    public IReadOnlyList<Order> Strangers { get; }

    /// <summary>What is held for certain.</summary>
    public decimal Held { get; }

    /// <summary>What no order locks.</summary>
    public decimal Free { get; }

    /// <summary>What no one else's order locks.</summary>
    public decimal Ours { get; }

    /// <summary>Null while unknown or old.</summary>
    public decimal? Last { get; }
    public decimal? Bid { get; }

    public bool StopRests => Plan.StopLoss is not null && Context.StopsRest;

    public Order? Stop => State.Leg is { } leg ? Live.FirstOrDefault(o => o.Leg == leg) : null;

    /// <summary>
    /// What becomes of an order is not known yet, or a former plan's is still there: what it locks cannot be planned with.
    /// </summary>
    public bool IsUnderWay => Strangers.Count > 0 || Live.Any(o => o.Status.IsUnsettled() || o.CancelRequestedAt is not null);

    public decimal Sold => Plan.TakeProfits.Sum(t => t.Sold + (TakeProfit(t)?.FilledQuantity ?? 0));

    public Order? TakeProfit(TakeProfitPlan step) => step.Leg is { } leg ? Live.FirstOrDefault(o => o.Leg == leg) : null;

    /// <summary>The price is at the stop or below it, and no order at the exchange sees to it.</summary>
    public bool IsThroughStop(ProtectionState state) => state.Stop is { } level && Last <= level && Stop is null;

    public IReadOnlyList<TakeProfitPart> Parts() => TakeProfitSplit.Of(Plan, Market, Ours, Sold);

    /// <summary>Those that nobody has asked to cancel yet.</summary>
    public static IReadOnlyList<ProtectionAct> Cancel(IEnumerable<Order> orders) =>
        [.. orders.Where(o => o.MayBeCancelled()).Select(o => new ProtectionAct.Cancel(o.Id))];

    /// <summary>As much of a quantity as one order may sell, on the step; the rest follows when the stop was hit.</summary>
    public decimal Max(OrderType type, decimal quantity) =>
        Market.QuantityIncrements.Down(Math.Max(Math.Min(quantity, NumberRules.Quantity(Market, type).Largest ?? quantity), 0));

    public OrderDraft Sell(OrderType type, decimal quantity) =>
        new()
        {
            Side = OrderSide.Sell,
            Type = type,
            Quantity = quantity,
            ReduceOnly = true,
        };

    /// <summary>The take-profit's order: all that is bid at its price or better, at once.</summary>
    public OrderDraft TakeProfitDraft(TakeProfitPart part, TimeInForce timeInForce) =>
        Plan.TakeProfits[part.Index].OrderType == OrderType.Market
            ? Sell(OrderType.Market, part.Quantity)
            : Sell(OrderType.Limit, part.Quantity) with
            {
                Price = part.Price,
                TimeInForce = timeInForce,
            };
}
