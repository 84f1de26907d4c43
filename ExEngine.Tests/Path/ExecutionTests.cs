using System.Net;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>From the alert to the position on a paper account, on both databases.</summary>
[NeedsServer]
public sealed class ExecutionTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task TradersPostAlert_BuysAndItsOppositeCloses(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, door) = await app.DoorAsync("secret");

        (await door.SendAsync(TradersPost("buy", "long", "0.01"))).Status.ShouldBe(HttpStatusCode.Accepted);
        var bought = await PositionAsync(app, trader, p => p.Quantity > 0);
        (await door.SendAsync(TradersPost("sell", "flat", "0.01"))).Status.ShouldBe(HttpStatusCode.Accepted);
        var closed = await PositionAsync(app, trader, p => p.ClosedAt is not null);

        // 0.1 % of what was bought went as a fee in base; what is left of it is less than a step and stays.
        bought.Quantity.ShouldBe(0.00999m);
        closed.Quantity.ShouldBeLessThan(0.00001m);
        await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var orders = await db.Orders.Where(o => o.UserId == bought.UserId).OrderBy(o => o.Id).ToListAsync();
        orders.Select(o => (o.Leg, o.Status)).ShouldBe([("enter", OrderStatus.Filled), ("exit", OrderStatus.Filled)]);
        await Until.True(async () => (await app.RowsAsync(trader)).All(s => s is { Status: SignalStatus.Done, DueAt: null }));
    }

    private static string TradersPost(string action, string sentiment, string quantity) =>
        $$"""
            {"ticker":"BTCUSDT","action":"{{action}}","sentiment":"{{sentiment}}","quantity":"{{quantity}}","price":"60000","time":"{{TimeProvider.System.GetUtcNow():O}}","interval":"5"}
            """;

    private static async Task<Core.Positions.Position> PositionAsync(
        IntakeApp app,
        HttpClient trader,
        Func<Core.Positions.Position, bool> isSo
    )
    {
        var userId = (await app.RowsAsync(trader))[0].UserId;
        Core.Positions.Position? found = null;
        await Until.True(async () =>
        {
            await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            found = await db.Positions.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == userId);
            return found is not null && isSo(found);
        });
        return found!;
    }
}
