using System.Net;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

public sealed class DatabaseMigrationTests
{
    [Fact]
    public async Task EmptyDirectory_HasTheWholeSchemaBeforeTheFirstRequest()
    {
        await using var app = new AppFactory();
        using var client = new HttpClient { BaseAddress = app.Address };

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        (await db.Signals.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task FourInstancesOnOneEmptyPostgres_AllStart()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var apps = Enumerable.Range(0, 4).Select(_ => new AppFactory { ["ConnectionStrings:Postgres"] = database }).ToList();

        await Task.WhenAll(apps.Select(app => Task.Run(() => app.Address)));

        foreach (var app in apps)
        {
            await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task ProcessKilled_StartsAgainOnTheSameData()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        await app.KillAsync();

        await app.StartAsync();
    }

    [Fact]
    public async Task PostgresThatNobodyServes_IsToldInWordsAndExitCode()
    {
        await using var app = new AppProcess
        {
            ["ConnectionStrings:Postgres"] = $"Host=127.0.0.1;Port={FreePort.Next()};Username=nobody;Password=hidden",
            ["Data:StartTimeout"] = "00:00:00",
        };

        app.Launch();

        (await app.WaitForExitAsync()).ShouldBe(1);
        app.Log.ShouldContain("Check ConnectionStrings:Postgres");
        app.Log.ShouldNotContain("hidden");
    }
}
