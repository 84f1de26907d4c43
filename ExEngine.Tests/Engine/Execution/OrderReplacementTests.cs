using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

/// <summary>What follows an order that is being changed is in the commit that writes its end, on both databases.</summary>
[NeedsServer]
public sealed class OrderReplacementTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task SeenCanceled_IsFollowedByItsRest(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await ChangingAsync(bench);

        await ReportAsync(bench, id, ExchangeOrderStatus.Canceled, 0.004m);

        var (old, follower) = await BothAsync(bench);
        (old.Status, old.IsBeingReplaced).ShouldBe((OrderStatus.Canceled, false));
        (follower.Status, follower.Quantity, follower.Price, follower.ReplacesId, follower.Generation).ShouldBe(
            (OrderStatus.Planned, 0.016m, 61_000m, id, 1)
        );
        follower.ClientId.ShouldBe(ClientOrderId.Of(old.Origin, old.OriginId, old.Leg, 1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task LateFill_MakesTheFollowerSmaller(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await ChangingAsync(bench);
        await ReportAsync(bench, id, ExchangeOrderStatus.Canceled, 0);
        var follower = (await BothAsync(bench)).Follower;
        await SetAsync(bench, follower.Id, OrderStatus.Open);

        await ReportAsync(bench, id, ExchangeOrderStatus.Canceled, 0.005m);

        var changed = await bench.OrderAsync(follower.Id);
        (changed.ReplaceQuantity, changed.ReplacePrice, changed.CancelRequestedAt is not null).ShouldBe((0.015m, 61_000m, true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task AbsentOrder_IsNotFollowedBeforeItsLateFillsAreRead(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var id = await ChangingAsync(bench, o => (o.AbsentSince, o.AbsentCount) = (now.AddMinutes(-5), 1));

        await ReportAsync(bench, new ExecutionReport.Looked(id, new OrderQueryResult(null, true, now, null), []));

        var old = (await bench.OrdersAsync()).ShouldHaveSingleItem();
        (old.Status, old.IsBeingReplaced, old.SettledAt).ShouldBe((OrderStatus.Canceled, true, null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task RestThatTheMarketRefuses_IsAnAlarm(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await ChangingAsync(bench);

        await ReportAsync(bench, id, ExchangeOrderStatus.Canceled, 0.01999m);

        var old = (await bench.OrdersAsync()).ShouldHaveSingleItem();
        (old.Code, old.IsBeingReplaced).ShouldBe((OrderCodes.ChangeRefused, false));
        await using var db = await bench.Rows.DatabaseAsync();
        var alarm = await db.Alarms.SingleAsync(a => a.AccountId == bench.Rows.AccountId);
        (alarm.Kind, alarm.OrderId).ShouldBe((AlarmKind.ChangeNotPlaced, id));
    }

    private static Task<Guid> ChangingAsync(EngineBench bench, Action<Order>? change = null) =>
        bench.AddOrderAsync(o =>
        {
            (o.Status, o.Quantity, o.Price, o.ExchangeOrderId) = (OrderStatus.CancelPending, 0.02m, 60_000m, "77");
            o.ClientId = ClientOrderId.Of(o.Origin, o.OriginId, o.Leg, 0);
            (o.ReplacePress, o.ReplaceQuantity, o.ReplacePrice, o.CancelRequestedAt) = (Guid.NewGuid(), 0.02m, 61_000m, o.CreatedAt);
            change?.Invoke(o);
        });

    private static Task ReportAsync(EngineBench bench, Guid id, ExchangeOrderStatus status, decimal filled)
    {
        var seen = new ExchangeOrder
        {
            ExchangeOrderId = "77",
            Symbol = "BTC/USDT",
            Status = status,
            Quantity = 0.02m,
            FilledQuantity = filled,
            ExecutedCost = filled * 60_000m,
        };
        return ReportAsync(
            bench,
            new ExecutionReport.Looked(id, new OrderQueryResult(seen, true, TimeProvider.System.GetUtcNow().UtcDateTime, null), [])
        );
    }

    private static async Task ReportAsync(EngineBench bench, ExecutionReport report)
    {
        bench.InFlight.Start(ExchangeRequestKind.Settle, await bench.OrderAsync(report.OrderId), () => Task.FromResult(report));
        await Until.True(() => bench.InFlight.Peek() is not null);
        await bench.App.Get<ExecutionReportHandler>().WriteAsync(bench.Session, bench.InFlight, default);
    }

    private static async Task<(Order Old, Order Follower)> BothAsync(EngineBench bench)
    {
        var orders = await bench.OrdersAsync();
        orders.Count.ShouldBe(2);
        return (orders[0], orders[1]);
    }

    private static async Task SetAsync(EngineBench bench, Guid id, OrderStatus status)
    {
        await using var db = await bench.Rows.DatabaseAsync();
        await db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, status));
    }
}
