using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Tests.Support;

/// <summary>Puts orders, with their history and fills, and positions of a user straight into the database of an application.</summary>
public sealed class OrderRows(AppFactory app, SignalRows owner)
{
    private readonly SequentialIds _ids = app.Get<SequentialIds>();

    /// <summary>
    /// Adds orders in this order: limit buys of 0.01 BTC that are open, unless they say otherwise. What is executed has one fill.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> AddAsync(params IEnumerable<Action<Order>> changes)
    {
        var ids = new List<Guid>();
        await using var db = await owner.DatabaseAsync();
        foreach (var change in changes)
        {
            var order = New();
            change(order);
            order.BookedQuantity = order.FilledQuantity;
            order.FinishedAt ??= order.Status.IsFinal() ? order.CreatedAt.AddMilliseconds(60) : null;
            db.Add(order);
            db.AddRange(History(order));
            db.AddRange(Fills(order));
            ids.Add(order.Id);
        }

        await db.SaveChangesAsync();
        return ids;
    }

    public Task<AppDb> DatabaseAsync() => owner.DatabaseAsync();

    public async Task<Guid> AddPositionAsync(Action<Position>? change = null)
    {
        var position = new Position
        {
            Id = _ids.Next(),
            UserId = owner.UserId,
            AccountId = owner.AccountId,
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
            Quantity = 0.0399m,
            EntryCost = 2394.04m,
            Fees = """{"BTC":"0.0001","USDT":"1.2"}""",
            OpenedAt = Now.AddHours(-3),
            UpdatedAt = Now,
        };
        change?.Invoke(position);
        await using var db = await owner.DatabaseAsync();
        db.Add(position);
        await db.SaveChangesAsync();
        return position.Id;
    }

    // Whole microseconds, as PostgreSQL keeps them.
    private DateTime Now
    {
        get
        {
            var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    private Order New()
    {
        var now = Now;
        var id = _ids.Next();
        return new Order
        {
            Id = id,
            UserId = owner.UserId,
            AccountId = owner.AccountId,
            Origin = OrderOrigin.Button,
            OriginId = _ids.Next(),
            Leg = "enter",
            ClientId = id.ToString("N"),
            Symbol = "BTC/USDT",
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = 0.01m,
            Price = 60000.10m,
            TimeInForce = TimeInForce.GoodTillCancelled,
            ReferencePrice = 60010.20m,
            Status = OrderStatus.Open,
            ExchangeOrderId = "28457",
            Attempt = 1,
            CreatedAt = now,
            SubmittedAt = now.AddMilliseconds(3),
            UpdatedAt = now,
        };
    }

    private IEnumerable<OrderTransition> History(Order order)
    {
        OrderStatus[] path = order.Status switch
        {
            OrderStatus.Planned => [OrderStatus.Planned],
            OrderStatus.Denied => [OrderStatus.Planned, OrderStatus.Denied],
            OrderStatus.Submitting => [OrderStatus.Planned, OrderStatus.Submitting],
            OrderStatus.NeedsOperator or OrderStatus.NotPlaced =>
            [
                OrderStatus.Planned,
                OrderStatus.Submitting,
                OrderStatus.Unknown,
                order.Status,
            ],
            OrderStatus.Open => [OrderStatus.Planned, OrderStatus.Submitting, OrderStatus.Open],
            OrderStatus.Rejected or OrderStatus.Unknown => [OrderStatus.Planned, OrderStatus.Submitting, order.Status],
            _ => [OrderStatus.Planned, OrderStatus.Submitting, OrderStatus.Open, order.Status],
        };
        return path.Select(
            (to, i) =>
                new OrderTransition
                {
                    Id = _ids.Next(),
                    UserId = order.UserId,
                    OrderId = order.Id,
                    From = i == 0 ? null : path[i - 1],
                    To = to,
                    At = order.CreatedAt.AddMilliseconds(20 * i),
                    Reason = i == path.Length - 1 ? order.Reason : null,
                }
        );
    }

    private IEnumerable<Fill> Fills(Order order) =>
        order.FilledQuantity == 0
            ? []
            :
            [
                new Fill
                {
                    Id = _ids.Next(),
                    UserId = order.UserId,
                    AccountId = order.AccountId,
                    OrderId = order.Id,
                    Symbol = order.Symbol,
                    ExchangeTradeId = order.Id.ToString("N"),
                    Side = order.Side,
                    Price = order.ExecutedCost / order.FilledQuantity,
                    Quantity = order.FilledQuantity,
                    Cost = order.ExecutedCost,
                    Fee = order.FilledQuantity * 0.001m,
                    FeeAsset = order.Symbol.Split('/')[0],
                    IsMaker = order.Type == OrderType.Limit,
                    At = order.CreatedAt.AddMilliseconds(50),
                    StoredAt = order.CreatedAt.AddMilliseconds(60),
                },
            ];
}
