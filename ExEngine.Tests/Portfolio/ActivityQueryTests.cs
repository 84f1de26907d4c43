using ExEngine.Core.Alarms;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio.Activities;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio;

/// <summary>What happened is read from the rows that say it, newest first, page by page, and only by its owner.</summary>
[NeedsServer]
public sealed class ActivityQueryTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task EachKind_IsThereOnceNewestFirst_AndNobodyElseSeesIt(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        var stranger = await SignalRows.NewAsync(app);
        var query = app.Get<ActivityQuery>();
        await HappenAsync(app, rows);

        var all = await query.ListAsync(rows.UserId, ActivityFilter.All, null, 50, default);

        all.Select(e => e.Kind)
            .ShouldBe([
                ActivityKind.Alarm,
                ActivityKind.Refusal,
                ActivityKind.ProtectionExit,
                ActivityKind.Fill,
                ActivityKind.Refusal,
                ActivityKind.Refusal,
            ]);
        all[0]
            .ShouldSatisfyAllConditions(
                e => e.AlarmKind.ShouldBe(AlarmKind.StopNotInForce),
                e => e.Text.ShouldBe("No stop is in force."),
                e => e.Account.ShouldNotBeNull()
            );
        all[1].ShouldSatisfyAllConditions(e => e.Code.ShouldBe("-2010"), e => e.OrderId.ShouldNotBeNull(), e => e.Quantity.ShouldBeNull());
        all[2]
            .ShouldSatisfyAllConditions(
                e => e.Leg.ShouldBe("stopLoss"),
                e => e.Quantity.ShouldBe(0.01m),
                e => e.Symbol.ShouldBe("ETH/USDT")
            );
        all[3].ShouldSatisfyAllConditions(e => e.Quantity.ShouldBe(0.01m), e => e.RealizedProfit.ShouldNotBeNull());
        all[4].ShouldSatisfyAllConditions(e => e.Code.ShouldBe("cost_too_low"), e => e.SignalId.ShouldNotBeNull());
        (await query.ListAsync(stranger.UserId, ActivityFilter.All, null, 50, default)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task KindAndSymbol_Narrow_AndPagesJoinToTheWhole(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        var query = app.Get<ActivityQuery>();
        await HappenAsync(app, rows);
        var all = await query.ListAsync(rows.UserId, ActivityFilter.All, null, 50, default);

        foreach (var kind in Enum.GetValues<ActivityKind>())
        {
            (await query.ListAsync(rows.UserId, new(kind), null, 50, default)).ShouldBe(all.Where(e => e.Kind == kind));
        }

        (await query.ListAsync(rows.UserId, new(Symbol: "eth/usdt"), null, 50, default)).ShouldBe(all.Where(e => e.Symbol == "ETH/USDT"));
        (await query.ListAsync(rows.UserId, new(AccountId: Guid.NewGuid()), null, 50, default)).ShouldBeEmpty();

        List<ActivityEntry> joined = [];
        while (await query.ListAsync(rows.UserId, ActivityFilter.All, joined.LastOrDefault()?.Id, 2, default) is { Count: > 0 } page)
        {
            joined.AddRange(page);
        }

        joined.ShouldBe(all);
        var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        (await query.SinceAsync(rows.UserId, now.AddMinutes(5), 50, default)).ShouldBeEmpty();
        (await query.SinceAsync(rows.UserId, now.AddMinutes(-5), 50, default)).ShouldBe(all);
    }

    // Beside what is told of: a signal that was traded, an open order, and a denied order of a signal, which the signal itself tells of.
    private static async Task HappenAsync(AppFactory app, SignalRows rows)
    {
        await rows.AddAsync(
            s => (s.Status, s.Code, s.Reason) = (SignalStatus.Stale, "too_old", "It came 12 min late."),
            s => (s.Status, s.Code, s.Symbol) = (SignalStatus.Refused, "cost_too_low", "ETH/USDT"),
            s => s.Status = SignalStatus.Done
        );
        await new OrderRows(app, rows).AddAsync(
            o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600m),
            o =>
                (o.Status, o.FilledQuantity, o.ExecutedCost, o.Origin, o.Leg, o.Symbol) = (
                    OrderStatus.Filled,
                    0.01m,
                    30m,
                    OrderOrigin.Protection,
                    "stopLoss",
                    "ETH/USDT"
                ),
            o => o.Status = OrderStatus.Open,
            o => (o.Status, o.Origin, o.Code) = (OrderStatus.Denied, OrderOrigin.Signal, "trading_halted"),
            o => (o.Status, o.Code, o.Reason) = (OrderStatus.Rejected, "-2010", "Account has insufficient balance.")
        );
        await using var db = await rows.DatabaseAsync();
        await app.Get<AlarmBook>()
            .RaiseAsync(
                db,
                new Alarm
                {
                    UserId = rows.UserId,
                    AccountId = rows.AccountId,
                    Kind = AlarmKind.StopNotInForce,
                    Subject = "a position",
                    Symbol = "BTC/USDT",
                    Message = "No stop is in force.",
                },
                default
            );
        await db.SaveChangesAsync();
    }
}
