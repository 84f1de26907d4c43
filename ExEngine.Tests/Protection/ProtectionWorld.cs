using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Positions;
using Shouldly;

namespace ExEngine.Tests.Protection;

/// <summary>
/// A position, its protection, and an exchange as small as can be: orders rest, fill and end as a test says, and fills may be known
/// later than what was executed. It takes no order that sells more than there is, as an exchange would not.
/// </summary>
internal sealed class ProtectionWorld
{
    private readonly List<Fill> _fills = [];
    private readonly List<Fill> _unknown = [];
    private int _trades;

    public ProtectionWorld(ProtectionPlan plan, Market? market = null)
    {
        Market = market ?? MarketsOf.BtcUsdt;
        Plan = plan;
        Entry = New(
            OrderOrigin.Signal,
            "enter",
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = 1_000m,
                Price = 100m,
            },
            SignalId
        );
        Entry.Status = OrderStatus.Open;
    }

    public static Guid SignalId { get; } = Guid.Parse("11111111-1111-1111-1111-111111111111");

    public Market Market { get; }
    public ProtectionPlan? Plan { get; set; }
    public Position Position { get; } =
        new()
        {
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
        };
    public List<Order> Orders { get; } = [];
    public Order Entry { get; }
    public DateTime Now { get; private set; } = Fills.Start;
    public Ticker? Price { get; private set; }
    public bool StopsRest { get; init; } = true;
    public bool Paused { get; set; }
    public bool MayPlace { get; set; } = true;

    /// <summary>For so many moments nobody hears a price.</summary>
    public int Deaf { get; set; }
    public decimal FeeInBase { get; init; }

    /// <summary>A fraction of the cost, paid in BNB.</summary>
    public decimal FeeInThird { get; init; }

    /// <summary>In base: sold, moved or locked at the exchange by somebody else; the exchange then refuses what it has not.</summary>
    public decimal Gone { get; set; }

    /// <summary>In base: what there is at the exchange, whatever is known of it here.</summary>
    public decimal Coins { get; private set; }

    public IEnumerable<Order> Live => Orders.Where(o => o.Origin == OrderOrigin.Protection && !o.Status.IsFinal());

    public Order Stop => Live.Single(o => o.Leg.StartsWith("stopLoss", StringComparison.Ordinal));

    public IEnumerable<Order> TakeProfits => Live.Where(o => o.Leg.StartsWith("takeProfit", StringComparison.Ordinal));

    public static ProtectionPlan PlanOf(StopLossPlan? stop, params TakeProfitPlan[] takeProfits) =>
        new()
        {
            Id = SignalId,
            Signals = [SignalId],
            StopLoss = stop,
            TakeProfits = takeProfits,
        };

    public void Ticks(decimal last) => Price = new Ticker("BTC/USDT", last, last, last, Now);

    public void Passes(TimeSpan time)
    {
        Now += time;
        Price = Price is null ? null : Price with { At = Now };
    }

    /// <summary>As above, and nobody tells a price meanwhile.</summary>
    public void PassesUnheard(TimeSpan time) => Now += time;

    /// <summary>One look of the engine: what is returned is stored and done, all of it. Null when there is no plan any more.</summary>
    public ProtectionStep? Look()
    {
        if (Plan is null)
        {
            return null;
        }

        var step = ProtectionPlanner.Next(
            new ProtectionContext
            {
                Plan = Plan,
                Position = Position,
                Market = Market,
                Orders = [.. Orders.Where(o => o.SettledAt is null || (Plan.Origins.Contains(o.OriginId) && Plan.Legs.Contains(o.Leg)))],
                Price = Price,
                StopsRest = StopsRest,
                Paused = Paused,
                MayPlace = MayPlace,
                Now = Now,
            }
        );
        Plan = step.IsChanged
            ? step.Plan is null
                ? null
                : ProtectionPlan.Read(step.Plan.Write())
            : Plan;
        foreach (var act in step.Acts)
        {
            if (act is ProtectionAct.Place place)
            {
                OrderValidator.Check(place.Draft, Market, null).Refusal.ShouldBeNull();
                place.Draft.ReduceOnly.ShouldBeTrue();
                New(OrderOrigin.Protection, place.Leg, place.Draft, place.OriginId);
            }
            else
            {
                Orders.Single(o => o.Id == ((ProtectionAct.Cancel)act).OrderId).CancelRequestedAt = Now;
            }
        }

        return step;
    }

    /// <summary>Looks, sends and cancels until nothing moves; orders stay as they rest.</summary>
    public void Settle()
    {
        for (var i = 0; i < 20; i++)
        {
            var step = Look();
            var moves = Orders
                .Where(o => !o.Status.IsFinal() && (o.Status == OrderStatus.Planned || o.CancelRequestedAt is not null))
                .ToList();
            foreach (var order in moves)
            {
                if (order.Status == OrderStatus.Planned)
                {
                    Send(order);
                }
                else
                {
                    End(order, OrderStatus.Canceled);
                }
            }

            if (moves.Count == 0 && step is null or { Acts.Count: 0, IsChanged: false })
            {
                return;
            }
        }

        throw new InvalidOperationException("It never comes to rest.");
    }

    /// <summary>The exchange takes it: at market and at a limit that is bid it fills at once, else it rests.</summary>
    public void Send(Order order)
    {
        if (
            order.Side == OrderSide.Sell
            && order.Remaining
                > Coins - Gone - Orders.Where(o => o != order && o.Side == OrderSide.Sell && o.Status.IsResting()).Sum(o => o.Remaining)
        )
        {
            End(order, OrderStatus.Rejected);
            if (Gone > 0)
            {
                return;
            }

            throw new ShouldAssertException($"{order.Leg} sells {order.Quantity}, and there are not so many.");
        }

        order.Status = OrderStatus.Open;
        if (order.Type == OrderType.Market || (order.Type == OrderType.Limit && order.Price <= Price?.Last))
        {
            Fill(order, order.Remaining);
        }
        else if (order.TimeInForce == TimeInForce.ImmediateOrCancel)
        {
            End(order, OrderStatus.Expired);
        }
    }

    public void Fill(Order order, decimal quantity, decimal? price = null, bool isKnown = true)
    {
        var at = price ?? order.Price ?? order.StopPrice ?? Price?.Last ?? 100m;
        order.FilledQuantity += quantity;
        order.ExecutedCost += quantity * at;
        order.Status =
            order.Remaining == 0 ? OrderStatus.Filled
            : order.Status == OrderStatus.CancelPending ? order.Status
            : OrderStatus.PartiallyFilled;
        var fill =
            order.Side == OrderSide.Buy
                ? FeeInThird > 0
                    ? Fills.Buy(++_trades, quantity, at, FeeInThird * quantity, "BNB")
                    : Fills.Buy(++_trades, quantity, at, FeeInBase * quantity, "BTC")
                : Fills.Sell(++_trades, quantity, at);
        fill.OrderId = order.Id;
        Coins += order.Side == OrderSide.Buy ? quantity - (FeeInThird > 0 ? 0 : fill.Fee) : -quantity;
        _unknown.Add(fill);
        if (isKnown)
        {
            Know();
        }
    }

    /// <summary>The fills that were not known become so.</summary>
    public void Know()
    {
        foreach (var fill in _unknown)
        {
            Orders.Single(o => o.Id == fill.OrderId).BookedQuantity += fill.Quantity;
            _fills.Add(fill);
        }

        _unknown.Clear();
        PositionMath.Of("BTC", "USDT", _fills, Market).Holding.WriteTo(Position);
        foreach (var order in Orders.Where(o => o.Status.IsFinal() && o.FilledQuantity == o.BookedQuantity))
        {
            order.SettledAt ??= Now;
        }
    }

    public void End(Order order, OrderStatus status)
    {
        order.Status = status;
        if (order.FilledQuantity == order.BookedQuantity)
        {
            order.SettledAt = Now;
        }
    }

    /// <summary>The entry buys.</summary>
    public void Buys(decimal quantity, decimal price = 100m) => Fill(Entry, quantity, price);

    public Order New(OrderOrigin origin, string leg, OrderDraft draft, Guid originId)
    {
        var before = Orders.Where(o => o.OriginId == originId && o.Leg == leg).ToList();
        before.ShouldAllBe(o => o.Status.IsFinal(), "one that is over may be followed, as a changed order is");
        var order = new Order
        {
            Id = Guid.NewGuid(),
            Origin = origin,
            OriginId = originId,
            Leg = leg,
            Generation = before.Count,
            ClientId = Guid.NewGuid().ToString("N"),
            Symbol = "BTC/USDT",
            Side = draft.Side,
            Type = draft.Type,
            Quantity = draft.Quantity!.Value,
            Price = draft.Price,
            StopPrice = draft.StopPrice,
            TimeInForce = draft.TimeInForce,
            CreatedAt = Now,
        };
        Orders.Add(order);
        return order;
    }
}
