using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

/// <summary>The plan's next state and the orders that it places are one commit, made by the lease holder only.</summary>
[NeedsServer]
public sealed class ProtectionKeeperTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    // The tests share a database, and a plan's orders are unique by its id.
    private static ProtectionPlan Stop =>
        new()
        {
            Id = Guid.NewGuid(),
            StopLoss = new StopLossPlan { Percent = 90 },
        };

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task HeldCoins_GetTheirStop_AndThePlanRemembersIt(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var position = await ProtectedAsync(bench, Stop);

        await KeepAsync(bench);

        var order = (await bench.OrdersAsync()).ShouldHaveSingleItem();
        (order.Origin, order.Side, order.Type, order.ReduceOnly).ShouldBe((OrderOrigin.Protection, OrderSide.Sell, OrderType.Stop, true));
        order.Quantity.ShouldBe(0.0399m);
        order.StopPrice.ShouldBe(6000.1m, "90 % below the average of 60001, on the tick.");
        var after = (await bench.PositionAsync())!;
        ProtectionPlan.Read(after.Protection)!.State.Leg.ShouldBe(order.Leg);
        after.Id.ShouldBe(position);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PositionThatChangedMeanwhile_IsLeftForTheNextLook(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        await ProtectedAsync(bench, Stop);
        var state = await bench.StateAsync();
        await using (var db = await bench.Rows.DatabaseAsync())
        {
            await db
                .Positions.Where(p => p.AccountId == bench.Rows.AccountId)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.Version, p => p.Version + 1));
        }

        await bench.App.Get<ProtectionKeeper>().KeepAsync(bench.Session, state, default);

        (await bench.OrdersAsync()).ShouldBeEmpty();
        ProtectionPlan.Read((await bench.PositionAsync())!.Protection)!.State.Leg.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task EverythingIsHalted_NothingIsPlacedAndTheAlarmSaysSo(string database)
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(database));
        var plan = Stop with
        {
            State = new ProtectionState { UncoveredSince = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1) },
        };
        var position = await ProtectedAsync(bench, plan);
        await SetAsync(bench, haltProtection: true);

        await KeepAsync(bench);

        (await bench.OrdersAsync()).ShouldBeEmpty();
        await using (var db = await bench.Rows.DatabaseAsync())
        {
            var alarm = await db.Alarms.AsNoTracking().SingleAsync(a => a.PositionId == position);
            (alarm.Kind, alarm.EndedAt).ShouldBe((Core.Alarms.AlarmKind.StopNotInForce, null));
            alarm.Message.ShouldContain("Everything is halted");
        }

        await SetAsync(bench, haltProtection: false);
        await KeepAsync(bench);
        (await bench.OrdersAsync()).ShouldHaveSingleItem().Effect.ShouldBe(Effect.Reduce);
        await using var after = await bench.Rows.DatabaseAsync();
        (await after.Alarms.AsNoTracking().SingleAsync(a => a.PositionId == position)).EndedAt.ShouldNotBeNull();
    }

    private static async Task SetAsync(EngineBench bench, bool haltProtection) =>
        await bench
            .App.Get<Core.Risk.RiskService>()
            .SetAsync(
                bench.Rows.UserId,
                Core.Risk.RiskScope.User,
                bench.Rows.UserId,
                new() { State = Core.Risk.TradingState.Halted, HaltProtection = haltProtection },
                default
            );

    [Fact]
    public async Task PlanThatCannotBeRead_IsNotTheOthersTrouble()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        await new OrderRows(bench.App, bench.Rows).AddPositionAsync(p =>
            (p.Symbol, p.Base, p.Protection) = ("ETH/USDT", "ETH", """{"id":"no id"}""")
        );
        await ProtectedAsync(bench, Stop);

        await KeepAsync(bench);

        (await bench.OrdersAsync()).ShouldHaveSingleItem().Symbol.ShouldBe("BTC/USDT");
    }

    [Fact]
    public async Task LeaseThatAnotherTook_PlacesNothing()
    {
        var bench = await EngineBench.NewAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        await ProtectedAsync(bench, Stop);
        await bench.LoseLeaseAsync();

        await Should.ThrowAsync<LeaseLostException>(() => KeepAsync(bench));

        (await bench.OrdersAsync()).ShouldBeEmpty();
    }

    private static async Task<Guid> ProtectedAsync(EngineBench bench, ProtectionPlan plan) =>
        await new OrderRows(bench.App, bench.Rows).AddPositionAsync(p => (p.EntryCost, p.Protection) = (60001m * 0.0399m, plan.Write()));

    private static async Task KeepAsync(EngineBench bench) =>
        await bench.App.Get<ProtectionKeeper>().KeepAsync(bench.Session, await bench.StateAsync(), default);
}
