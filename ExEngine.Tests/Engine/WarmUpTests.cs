using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine;

[NeedsServer]
public sealed class WarmUpTests
{
    [Fact]
    public async Task MadeUpAlert_GoesAsFarAsItsOrderAndLeavesNothing()
    {
        await using var app = new AppFactory
        {
            ["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
            ["Execution:Enabled"] = "true",
        };
        _ = app.Address;

        await app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Single(w => w.GetType().Name == "WarmUpWorker")
            .ExecuteTask!;

        // PostgreSQL counts what was inserted, be it rolled back or not; a connection tells it within a second.
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await Until.True(async () =>
            await db
                .Database.SqlQuery<long>($"SELECT n_tup_ins AS \"Value\" FROM pg_stat_user_tables WHERE relname = 'orders'")
                .SingleAsync() > 0
        );
        (await db.Orders.AnyAsync()).ShouldBeFalse();
        (await db.OrderTransitions.AnyAsync()).ShouldBeFalse();
        (await db.AccountLeases.AnyAsync()).ShouldBeFalse();
    }
}
