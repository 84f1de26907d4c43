using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>A plan together with what its position and orders come to at this moment. Amounts in base, prices in quote per base.</summary>
internal sealed class ProtectionLook
{
    public ProtectionLook(ProtectionContext c, ProtectionPlan plan)
    {
        (Context, Plan) = (c, plan);
        Live = [.. c.Orders.Where(o => !o.Status.IsFinal() && o.OriginId == plan.Id && o.Origin == OrderOrigin.Protection)];
        Stops = [.. Live.Where(o => plan.State.StopLegs.Contains(o.Leg))];
        Strangers = [.. c.Orders.Where(o => !o.Status.IsFinal() && o.OriginId != plan.Id && o.Origin == OrderOrigin.Protection)];
        Held = ProtectionHolding.Of(c).Quantity - c.Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Uncounted());
        Free = Held - c.Orders.Locked();
        Ours = Free + Live.Locked();

        // A price that was heard before the last fill may be of before it: a falling market would judge what it has just bought.
        var price =
            c.Price is { } ticker && c.Now - ticker.At <= PriceFeed.FreshFor && !(ticker.At < plan.State.SeenAt) && ticker.Last > 0
                ? ticker
                : null;
        (Last, Bid) = (price?.Last, price?.Bid ?? price?.Last);
    }

    public ProtectionContext Context { get; }
    public ProtectionPlan Plan { get; }
    public ProtectionState State => Plan.State;
    public Market Market => Context.Market;

    /// <summary>Orders of this plan that are not over.</summary>
    public IReadOnlyList<Order> Live { get; }

    /// <summary>Those of them that are its stops, or sell what a stop that was hit left.</summary>
    public IReadOnlyList<Order> Stops { get; }

    /// <summary>Orders of a plan before this one: their coins come free before anything is placed.</summary>
    public IReadOnlyList<Order> Strangers { get; }

    /// <summary>What is held for certain.</summary>
    public decimal Held { get; }

    /// <summary>What no order locks.</summary>
    public decimal Free { get; }

    /// <summary>What no one else's order locks.</summary>
    public decimal Ours { get; }

    /// <summary>Null while unknown, old, or heard before the last fill.</summary>
    public decimal? Last { get; }
    public decimal? Bid { get; }

    public bool StopRests => Plan.StopLoss is not null && Context.StopsRest;

    /// <summary>
    /// What becomes of an order is not known yet, or a former plan's is still there: what it locks cannot be planned with.
    /// </summary>
    public bool IsUnderWay => Strangers.Count > 0 || Live.Any(o => o.Status.IsUnsettled() || o.CancelRequestedAt is not null);

    public Order? TakeProfit(TakeProfitPlan step) => step.Leg is { } leg ? Live.FirstOrDefault(o => o.Leg == leg) : null;

    /// <summary>The price is at the stop or below it, and coins are there that no order at the exchange sees to.</summary>
    public bool IsThroughStop(ProtectionState state) =>
        state.Stop is { } level && Last <= level && (Stops.Count == 0 || Max(OrderType.Market, Free, level) > 0);

    public IReadOnlyList<TakeProfitPart> Parts() => TakeProfitSplit.Of(this);

    /// <summary>Those that nobody has asked to cancel yet.</summary>
    public static IReadOnlyList<ProtectionAct> Cancel(IEnumerable<Order> orders) =>
        [.. orders.Where(o => o.MayBeCancelled()).Select(o => new ProtectionAct.Cancel(o.Id))];

    /// <summary>As much of a quantity as one order may sell, on the step.</summary>
    public decimal Max(OrderType type, decimal quantity, decimal? price) =>
        Market.QuantityIncrements.Down(Math.Max(Math.Min(quantity, OrderMaximum.Of(Market, type, price) ?? quantity), 0));

    public OrderDraft Sell(OrderType type, decimal quantity) =>
        new()
        {
            Side = OrderSide.Sell,
            Type = type,
            Quantity = quantity,
            ReduceOnly = true,
        };

    /// <summary>The take-profit's order: all that is bid at its price or better, at once; as much as one order may sell.</summary>
    public OrderDraft TakeProfitDraft(TakeProfitPart part, TimeInForce timeInForce)
    {
        var type = Plan.TakeProfits[part.Index].OrderType == OrderType.Market ? OrderType.Market : OrderType.Limit;
        var draft = Sell(type, OrderMaximum.Part(part.Quantity, Market, type, part.Price));
        return type == OrderType.Market ? draft : draft with { Price = part.Price, TimeInForce = timeInForce };
    }
}
