using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders;

[NeedsServer]
public sealed class OrderLedgerTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly DateTime Start = new(2026, 3, 4, 5, 6, 0, DateTimeKind.Utc);

    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Fact]
    public async Task NeverPlacedByAWordAndThenFoundCancelled_IsWatchedForLateFillsFromThen()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);
        var hoursAgo = Start.AddHours(-5);
        var ids = await new OrderRows(app, rows).AddAsync(o =>
            (o.Status, o.Code, o.FinishedAt) = (OrderStatus.NotPlaced, OrderCodes.SaidNotPlaced, hoursAgo)
        );

        var order = await ApplyAsync(app, rows, ids[0], new OrderChange { To = OrderStatus.Canceled, Code = OrderCodes.PlacedAfterAll });

        (order.FinishedAt, order.SettledAt).ShouldBe((Start, null));
    }

    [Fact]
    public async Task AlarmOfAnOrderThatTurnedUp_IsNotOverwrittenByARefusedCancel()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);
        var ids = await new OrderRows(app, rows).AddAsync(o =>
            (o.Status, o.Code, o.CancelRequestedAt) = (OrderStatus.CancelPending, OrderCodes.PlacedAfterAll, Start)
        );

        var order = await ApplyAsync(
            app,
            rows,
            ids[0],
            new OrderChange
            {
                To = OrderStatus.Open,
                Code = OrderCodes.CancelRefused,
                Reason = "The exchange refused the cancel.",
                NextLookAt = Start.AddSeconds(1),
            }
        );

        (order.Status, order.Code, order.Reason, order.NextLookAt).ShouldBe(
            (OrderStatus.Open, OrderCodes.PlacedAfterAll, "The exchange refused the cancel.", Start.AddSeconds(1))
        );
    }

    [Theory, MemberData(nameof(Both))]
    public async Task LateFillOfTheCurrentHolding_CountsWithoutReadingWhatWasFlatBefore(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        var ids = await new OrderRows(app, rows).AddAsync(
            o => (o.ExchangeOrderId, o.Quantity) = ("1", 100m),
            o => (o.ExchangeOrderId, o.Quantity, o.Side) = ("2", 100m, OrderSide.Sell)
        );
        var ledger = app.Get<OrderLedger>();
        await CountAsync(ids[0], (1, 2m, 50m));
        await CountAsync(ids[1], (2, 2m, 60m));
        await CountAsync(ids[0], (10, 1m, 70m));
        await CountAsync(ids[1], (20, 0.5m, 90m));
        // What is read again is written again: a mark on the former round stays only while nobody does.
        await using (var db = await rows.DatabaseAsync())
        {
            (
                await db
                    .Fills.Where(f => f.AccountId == rows.AccountId && f.ExchangeTradeId == "2")
                    .ExecuteUpdateAsync(s => s.SetProperty(f => f.RealizedProfit, 12345m))
            ).ShouldBe(1);
        }

        await CountAsync(ids[0], (15, 1m, 80m));

        await using var after = await rows.DatabaseAsync();
        var fills = await after.Fills.AsNoTracking().Where(f => f.AccountId == rows.AccountId).OrderBy(f => f.At).ToListAsync();
        var position = await after.Positions.SingleAsync(p => p.AccountId == rows.AccountId);
        fills.Select(f => f.RealizedProfit).ShouldBe([0m, 12345m, 0m, 0m, 7.5m]);
        (position.Quantity, position.EntryCost, position.RealizedProfit, position.RoundTripProfit, position.OpenedAt).ShouldBe(
            (1.5m, 112.5m, 27.5m, 7.5m, Start.AddSeconds(10))
        );

        // Older than what is held now: everything is counted again, the mark is gone.
        await CountAsync(ids[0], (0, 1m, 40m));
        await using var whole = await rows.DatabaseAsync();
        (await whole.Fills.SingleAsync(f => f.AccountId == rows.AccountId && f.ExchangeTradeId == "2")).RealizedProfit.ShouldNotBe(12345m);

        async Task CountAsync(Guid orderId, (int Seconds, decimal Quantity, decimal Price) trade)
        {
            await using var db = await rows.DatabaseAsync();
            var order = await db.Orders.SingleAsync(o => o.Id == orderId);
            var told = new ExchangeTrade
            {
                TradeId = $"{trade.Seconds}",
                ExchangeOrderId = order.ExchangeOrderId!,
                Symbol = order.Symbol,
                Side = order.Side,
                Price = trade.Price,
                Quantity = trade.Quantity,
                Cost = trade.Price * trade.Quantity,
                At = Start.AddSeconds(trade.Seconds),
            };
            await ledger.ApplyAsync(db, order, new OrderChange(), [told], null, Start, CancellationToken.None);
            await db.SaveChangesAsync();
        }
    }

    [Theory]
    [InlineData("0.00987", ExchangeOrderStatus.Filled)]
    [InlineData("0.01013", ExchangeOrderStatus.Filled)]
    [InlineData("0.00987", ExchangeOrderStatus.Expired)]
    public async Task BoughtByItsCost_SettlesWithWhatWasExecuted(string quantity, ExchangeOrderStatus seen)
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);
        var executed = decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture);
        var order = await BuyAsync(app, rows, executed, seen, executed);

        order.Status.ShouldBe(seen == ExchangeOrderStatus.Filled ? OrderStatus.Filled : OrderStatus.Expired);
        (order.FilledQuantity, order.BookedQuantity, order.ExecutedCost).ShouldBe((executed, executed, executed * 60_000m));
        order.SettledAt.HasValue.ShouldBe(order.Status == OrderStatus.Filled, "an order that ended early may have late fills");
        await using var db = await rows.DatabaseAsync();
        (await db.Positions.SingleAsync(p => p.AccountId == rows.AccountId)).Quantity.ShouldBe(executed);
    }

    [Fact]
    public async Task BoughtByItsCost_MoreThanItsQuantityAndStillOpen_IsAskedAgain()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);

        var order = await BuyAsync(app, rows, 0.0101m, ExchangeOrderStatus.Open, 0.0101m);

        (order.Status, order.SettledAt).ShouldBe((OrderStatus.PartiallyFilled, null));
        order.NextLookAt.ShouldNotBeNull();
    }

    private static async Task<Order> BuyAsync(AppFactory app, SignalRows rows, decimal executed, ExchangeOrderStatus seen, decimal traded)
    {
        var id = (
            await new OrderRows(app, rows).AddAsync(o =>
                (o.Type, o.Price, o.TimeInForce, o.Status) = (OrderType.Market, null, null, OrderStatus.Submitting)
            )
        )[0];
        await using var db = await rows.DatabaseAsync();
        var order = await db.Orders.SingleAsync(o => o.Id == id);
        var told = new ExchangeOrder
        {
            ExchangeOrderId = order.ExchangeOrderId!,
            Symbol = order.Symbol,
            Status = seen,
            FilledQuantity = executed,
            ExecutedCost = executed * 60_000m,
        };
        var trade = new ExchangeTrade
        {
            TradeId = "1",
            ExchangeOrderId = order.ExchangeOrderId!,
            Symbol = order.Symbol,
            Side = order.Side,
            Price = 60_000m,
            Quantity = traded,
            Cost = traded * 60_000m,
            At = Start,
        };
        var change = OrderReconciler.See(order, told, Start, new ExecutionOptions());
        await app.Get<OrderLedger>().ApplyAsync(db, order, change, [trade], null, Start, CancellationToken.None);
        await db.SaveChangesAsync();
        return order;
    }

    private static async Task<Order> ApplyAsync(AppFactory app, SignalRows rows, Guid orderId, OrderChange change)
    {
        await using var db = await rows.DatabaseAsync();
        var order = await db.Orders.SingleAsync(o => o.Id == orderId);
        await app.Get<OrderLedger>().ApplyAsync(db, order, change, [], null, Start, CancellationToken.None);
        await db.SaveChangesAsync();
        return order;
    }
}
