using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Example;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Example;

[NeedsServer]
public sealed class ExampleAccountTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Example_IsTradedByTheEngineAndGoesWithEverythingAndNothingElse(string database)
    {
        var (app, trader, user) = await StartAsync(database);
        var own = await DoorsApp.WebhookAsync(trader, "secret");
        using var curl = new HttpClient();
        await curl.PostAsync(
            own.GetProperty("url").GetString(),
            new StringContent($"buy BTC/USDT 0.001 secret={own.GetProperty("secret")}")
        );
        await Until.True(async () => (await ItemsAsync(trader, "orders?status=filled")).Count == 1);
        var before = await CountsAsync(app, user);
        var example = app.Get<ExampleAccount>();

        (await example.FillAsync(user, CancellationToken.None)).ShouldBeNull();

        await Until.True(
            async () =>
                (await ItemsAsync(trader, "positions")).Count == 4
                && (await ItemsAsync(trader, "orders?status=filled")).Count == 5
                && (await ItemsAsync(trader, "signals")).All(s => s.GetProperty("status").GetString() != "accepted"),
            otherwise: () => string.Join('\n', ItemsAsync(trader, "signals").GetAwaiter().GetResult())
        );
        var codes = (await ItemsAsync(trader, "signals")).Select(s => s.TryGetProperty("code", out var code) ? code.GetString() : null);
        codes.OfType<string>().Order().ShouldBe(["cost_too_low", "price_off_tick", "stop_not_below_entry", "symbol_unknown", "too_old"]);
        await using (var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync())
        {
            (await db.Positions.CountAsync(p => p.UserId == user && p.Protection != null)).ShouldBe(2);
        }

        (await example.RemoveAsync(user, CancellationToken.None)).ShouldBeNull();

        (await CountsAsync(app, user)).ShouldBe(before);
        (await example.FindAsync(user, CancellationToken.None)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task TwoPressesAtOnce_MakeOneExample(string database)
    {
        var (app, trader, user) = await StartAsync(database);
        var example = app.Get<ExampleAccount>();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => example.FillAsync(user, CancellationToken.None))));

        (await ItemsAsync(trader, "accounts")).Count.ShouldBe(1);
        (await ItemsAsync(trader, "webhooks")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task OwnWebhookOnTheExamplesAccount_IsInTheWayOfItsRemoval()
    {
        var (app, trader, user) = await StartAsync(TwoDatabases.Sqlite);
        var example = app.Get<ExampleAccount>();
        await example.FillAsync(user, CancellationToken.None);
        var account = await example.FindAsync(user, CancellationToken.None);
        var own = await DoorsApp.PostAsync(trader, "/api/webhooks", new { name = "My own", accountId = account });

        var problem = await example.RemoveAsync(user, CancellationToken.None);

        problem.ShouldNotBeNull().ShouldContain("My own");
        await trader.DeleteAsync($"/api/webhooks/{own.GetProperty("id")}");
        (await example.RemoveAsync(user, CancellationToken.None)).ShouldBeNull();
        (await ItemsAsync(trader, "accounts")).ShouldBeEmpty();
    }

    private async Task<(AppFactory App, HttpClient Trader, Guid User)> StartAsync(string database)
    {
        var app = (await apps.OnAsync(database)).App;
        var email = $"{Guid.NewGuid():N}@example.org";
        var trader = await ApiClient.SignUpAsync(app.Address, email);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return (app, trader, await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/" + path)).GetProperty("items").EnumerateArray()];

    // Of every table of users.
    private static async Task<string> CountsAsync(AppFactory app, Guid user)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return string.Join(
            ' ',
            await db.ExchangeAccounts.CountAsync(r => r.UserId == user),
            await db.Webhooks.CountAsync(r => r.UserId == user),
            await db.Signals.CountAsync(r => r.UserId == user),
            await db.Orders.CountAsync(r => r.UserId == user),
            await db.OrderTransitions.CountAsync(r => r.UserId == user),
            await db.Fills.CountAsync(r => r.UserId == user),
            await db.Positions.CountAsync(r => r.UserId == user),
            await db.Alarms.CountAsync(r => r.UserId == user),
            await db.RiskSettings.CountAsync(r => r.UserId == user),
            await db.Bots.CountAsync(r => r.UserId == user),
            await db.BotRequests.CountAsync(r => r.UserId == user),
            await db.BotDeals.CountAsync(r => r.UserId == user),
            await db.BotJournal.CountAsync(r => r.UserId == user),
            await db.EquitySnapshots.CountAsync(r => r.UserId == user),
            await db.AccountFlows.CountAsync(r => r.UserId == user),
            await db.PaperLedgers.CountAsync(r => r.UserId == user),
            await db.UserTokens.CountAsync(r => r.UserId == user)
        );
    }
}
