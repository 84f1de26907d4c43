using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Orders;
using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

/// <summary>What an order that is not settled wants next, by its state.</summary>
[NeedsServer]
public sealed class OrderDispatcherTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task SubmittingWithNothingOnItsWay_DiedWithAProcessAndIsUnknown(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await bench.AddOrderAsync(o => (o.Status, o.ExchangeOrderId) = (OrderStatus.Submitting, null));

        await DoAsync(bench);

        (await bench.OrderAsync(id)).Status.ShouldBe(OrderStatus.Unknown);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PlannedOrderWhoseTimeIsOver_IsDeniedAndNotSentLate(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await bench.AddOrderAsync(o =>
            (o.Status, o.ExchangeOrderId, o.ExpiresAt) = (OrderStatus.Planned, null, o.CreatedAt.AddMinutes(-1))
        );

        await DoAsync(bench);

        var order = await bench.OrderAsync(id);
        (order.Status, order.Code).ShouldBe((OrderStatus.Denied, "expired"));
        bench.InFlight.IsIdle.ShouldBeTrue("Nothing was sent.");
    }

    [Fact]
    public async Task PlannedOrderWhileHalted_IsDenied()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        var id = await bench.AddOrderAsync(o => (o.Status, o.ExchangeOrderId) = (OrderStatus.Planned, null));
        await using (var db = await bench.Rows.DatabaseAsync())
        {
            var (user, at) = (bench.Rows.UserId, TimeProvider.System.GetUtcNow().UtcDateTime);
            db.Add(
                new RiskSetting
                {
                    ScopeId = user,
                    UserId = user,
                    Scope = RiskScope.User,
                    State = TradingState.Halted,
                    UpdatedAt = at,
                }
            );
            await db.SaveChangesAsync();
        }

        await DoAsync(bench);

        var order = await bench.OrderAsync(id);
        (order.Status, order.Code).ShouldBe((OrderStatus.Denied, RiskCodes.TradingHalted));
    }

    [Fact]
    public async Task PlannedOrder_IsSubmittingBeforeItIsSent_AndItsReportComesHome()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        var id = await bench.AddOrderAsync(o =>
            (o.Status, o.ExchangeOrderId, o.Price, o.Quantity) = (OrderStatus.Planned, null, 20_000m, 0.001m)
        );

        await DoAsync(bench);

        (await bench.OrderAsync(id)).Status.ShouldBe(OrderStatus.Submitting);
        await Until.True(() => bench.InFlight.Peek() is not null);
        bench.InFlight.Peek()!.OrderId.ShouldBe(id);
    }

    [Fact]
    public async Task CancelThatWasAskedFor_IsPendingBeforeItIsSent()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        var id = await bench.AddOrderAsync(o => o.CancelRequestedAt = o.CreatedAt);

        await DoAsync(bench);

        (await bench.OrderAsync(id)).Status.ShouldBe(OrderStatus.CancelPending);
        await Until.True(() => bench.InFlight.Peek() is not null);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task LeaseThatAnotherTook_ChangesNothing(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var id = await bench.AddOrderAsync(o => (o.Status, o.ExchangeOrderId) = (OrderStatus.Planned, null));
        await bench.LoseLeaseAsync();

        await Should.ThrowAsync<LeaseLostException>(() => DoAsync(bench));

        (await bench.OrderAsync(id)).Status.ShouldBe(OrderStatus.Planned);
        bench.InFlight.IsIdle.ShouldBeTrue("Nothing was sent.");
    }

    private static async Task DoAsync(EngineBench bench) =>
        await bench
            .App.Get<OrderDispatcher>()
            .DoAsync(bench.Session, await bench.StateAsync(), bench.InFlight, new HashSet<string>(), default);
}
