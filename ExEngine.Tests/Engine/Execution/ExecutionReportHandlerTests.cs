using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

/// <summary>What came back from the exchange is written once, whole, and by the lease holder only.</summary>
[NeedsServer]
public sealed class ExecutionReportHandlerTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task FillOfASignalsOrder_MovesOrderPositionAndSignalInOneCommit(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var signal = (await bench.Rows.AddAsync(s => s.Status = SignalStatus.Planned))[0];
        var id = await SubmittingAsync(bench, signal);

        await ReportAsync(bench, new ExecutionReport.Sent(id, ExchangeResult.Done(Filled(0.01m)), [Trade("1", 0.01m)]));

        var order = await bench.OrderAsync(id);
        (order.Status, order.FilledQuantity, order.BookedQuantity).ShouldBe((OrderStatus.Filled, 0.01m, 0.01m));
        (await bench.PositionAsync())!.Quantity.ShouldBe(0.00999m);
        (await bench.SignalAsync(signal)).Status.ShouldBe(SignalStatus.Done);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SameTradeToldTwice_CountsOnce(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await SubmittingAsync(bench, Guid.NewGuid());

        await ReportAsync(bench, new ExecutionReport.Sent(id, ExchangeResult.Done(Filled(0.01m)), [Trade("1", 0.01m)]));
        await ReportAsync(bench, new ExecutionReport.Looked(id, Seen(0.01m), [Trade("1", 0.01m)]));

        (await bench.OrderAsync(id)).BookedQuantity.ShouldBe(0.01m);
        (await bench.PositionAsync())!.Quantity.ShouldBe(0.00999m);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task TradesThatAreNotToldForAMinute_AreAnAlarmUntilTheyAre(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await bench.AddOrderAsync(o =>
        {
            (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600m);
            (o.ExchangeOrderId, o.CreatedAt, o.FinishedAt) = ("77", o.CreatedAt.AddMinutes(-5), o.CreatedAt.AddMinutes(-2));
        });

        await using (var db = await bench.Rows.DatabaseAsync())
        {
            // Its rows come with their fills; these are not told yet.
            await db.Fills.Where(f => f.OrderId == id).ExecuteDeleteAsync();
            await db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.BookedQuantity, 0m));
        }

        await ReportAsync(bench, new ExecutionReport.Looked(id, Seen(0.01m), []));
        var raised = await AlarmsAsync(bench);
        await ReportAsync(bench, new ExecutionReport.Looked(id, Seen(0.01m), [Trade("1", 0.01m)]));

        raised.ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.EndedAt.ShouldBeNull(), a => a.OrderId.ShouldBe(id));
        (await AlarmsAsync(bench)).ShouldHaveSingleItem().EndedAt.ShouldNotBeNull();
    }

    private static async Task<List<Core.Alarms.Alarm>> AlarmsAsync(EngineBench bench)
    {
        await using var db = await bench.Rows.DatabaseAsync();
        return await db.Alarms.AsNoTracking().Where(a => a.AccountId == bench.Rows.AccountId).ToListAsync();
    }

    [Fact]
    public async Task ReportThatCannotBeWritten_IsPutOffAndDoesNotBlockTheNext()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        var (bad, good) = (await SubmittingAsync(bench, Guid.NewGuid()), await SubmittingAsync(bench, Guid.NewGuid()));
        var impossible = Trade("1", 0.01m) with
        {
            Price = decimal.MaxValue,
            Cost = decimal.MaxValue,
            Fee = decimal.MaxValue,
            FeeAsset = "USDT",
        };
        bench.InFlight.Start(
            ExchangeRequestKind.Send,
            await bench.OrderAsync(bad),
            () =>
                Task.FromResult<ExecutionReport>(
                    new ExecutionReport.Sent(bad, ExchangeResult.Done(Filled(0.01m)), [impossible, impossible with { TradeId = "2" }])
                )
        );

        await ReportAsync(bench, new ExecutionReport.Sent(good, ExchangeResult.Done(Filled(0.01m)), [Trade("3", 0.01m)]));

        var put = await bench.OrderAsync(bad);
        (put.Status, put.BookedQuantity).ShouldBe((OrderStatus.Submitting, 0m));
        put.NextLookAt.ShouldNotBeNull();
        (await bench.OrderAsync(good)).Status.ShouldBe(OrderStatus.Filled);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task LeaseThatAnotherTook_WritesNothing(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await SubmittingAsync(bench, Guid.NewGuid());
        await bench.LoseLeaseAsync();

        await Should.ThrowAsync<LeaseLostException>(() =>
            ReportAsync(bench, new ExecutionReport.Sent(id, ExchangeResult.Done(Filled(0.01m)), [Trade("1", 0.01m)]))
        );

        (await bench.OrderAsync(id)).Status.ShouldBe(OrderStatus.Submitting);
        (await bench.PositionAsync()).ShouldBeNull();
    }

    private static Task<Guid> SubmittingAsync(EngineBench bench, Guid signal) =>
        bench.AddOrderAsync(o =>
        {
            (o.Origin, o.OriginId, o.Status, o.ExchangeOrderId) = (OrderOrigin.Signal, signal, OrderStatus.Submitting, null);
            (o.Type, o.Price, o.TimeInForce) = (OrderType.Market, null, null);
        });

    private static async Task ReportAsync(EngineBench bench, ExecutionReport report)
    {
        var before = bench.InFlight.Peek();
        bench.InFlight.Start(ExchangeRequestKind.Settle, await bench.OrderAsync(report.OrderId), () => Task.FromResult(report));
        await Until.True(() => (before ?? bench.InFlight.Peek()) is not null);
        await bench.App.Get<ExecutionReportHandler>().WriteAsync(bench.Session, bench.InFlight, default);
    }

    private static OrderQueryResult Seen(decimal quantity) =>
        new(Filled(quantity), true, TimeProvider.System.GetUtcNow().UtcDateTime, null);

    private static ExchangeOrder Filled(decimal quantity) =>
        new()
        {
            ExchangeOrderId = "77",
            Symbol = "BTC/USDT",
            Status = ExchangeOrderStatus.Filled,
            Side = OrderSide.Buy,
            Quantity = quantity,
            FilledQuantity = quantity,
            ExecutedCost = quantity * 60_000m,
        };

    private static ExchangeTrade Trade(string id, decimal quantity) =>
        new()
        {
            TradeId = id,
            ExchangeOrderId = "77",
            Symbol = "BTC/USDT",
            Side = OrderSide.Buy,
            Price = 60_000m,
            Quantity = quantity,
            Cost = quantity * 60_000m,
            Fee = quantity * 0.001m,
            FeeAsset = "BTC",
            At = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        };
}
