using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

[NeedsServer]
public sealed class UserCapTests
{
    [Theory]
    [InlineData(TwoDatabases.Sqlite)]
    [InlineData(TwoDatabases.Postgres)]
    public async Task RequestsAtOnce_StopAtTheCap(string database)
    {
        await using var app = await StartAsync(database);
        app["Caps:AccountsPerUser"] = "3";
        app["Caps:WebhooksPerUser"] = "2";
        using var trader = await ApiClient.SignUpAsync(app.Address);

        var accounts = await TwelveAsync(
            trader,
            "/api/accounts",
            i => new
            {
                name = $"Paper {i}",
                exchange = "paper",
                mode = "paper",
            }
        );
        await ShouldStopAtAsync(accounts, 3, "too_many_accounts");
        var account = (await trader.GetFromJsonAsync<JsonElement>("/api/accounts")).GetProperty("items")[0].GetProperty("id").GetString();
        var webhooks = await TwelveAsync(
            trader,
            "/api/webhooks",
            i => new
            {
                name = $"Webhook {i}",
                accountId = account,
                auth = "hmac",
            }
        );
        await ShouldStopAtAsync(webhooks, 2, "too_many_webhooks");

        // One that goes makes room, and changing one is none more.
        var one = (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks")).GetProperty("items")[0].GetProperty("id").GetString();
        var changed = await trader.PutAsJsonAsync(
            $"/api/webhooks/{one}",
            new
            {
                name = "Renamed",
                accountId = account,
                auth = "hmac",
            }
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());
        (await trader.DeleteAsync($"/api/webhooks/{one}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await DoorsApp.PostAsync(
            trader,
            "/api/webhooks",
            new
            {
                name = "Another",
                accountId = account,
                auth = "hmac",
            }
        );
    }

    // A new account looks at the rows of the others: held by somebody who waits for their turn, they would stop both for ever.
    [Theory]
    [InlineData("/api/webhooks", """{"name":"Waiting","accountId":"ACCOUNT","auth":"hmac"}""")]
    [InlineData(
        "/api/bots",
        """{"kind":"dca","name":"Waiting","accountId":"ACCOUNT","symbol":"BTC/USDT","settings":{"baseOrder":"100","takeProfit":{"percent":"2"}}}"""
    )]
    public async Task WhoWaitsForTheirTurn_HoldsNoAccount(string path, string body)
    {
        await using var app = await StartAsync(TwoDatabases.Postgres);
        using var trader = await ApiClient.SignUpAsync(app.Address);
        var account = await DoorsApp.PaperAccountAsync(trader);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var user = await db.Users.Select(u => u.Id).SingleAsync();
        await using var turn = await db.Database.BeginTransactionAsync();
        await AdvisoryLock.TakeAsync(db, AdvisoryLock.UserCap, user, CancellationToken.None);

        var made = trader.PostAsync(path, new StringContent(body.Replace("ACCOUNT", account), Encoding.UTF8, "application/json"));
        await Until.True(async () =>
            made.IsCompleted
            || await db
                .Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                .SingleAsync() > 0
        );

        made.IsCompleted.ShouldBeFalse(made.IsCompleted ? await (await made).Content.ReadAsStringAsync() : "");
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM exchange_accounts WHERE user_id = {user} FOR UPDATE NOWAIT");
        await turn.CommitAsync();
        (await made).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task AlertsOfADay_StopAtTheCapOfTheirUserAlone()
    {
        await using var app = await StartAsync(TwoDatabases.Sqlite);
        app["Caps:AlertsPerUserPerDay"] = "3";
        app["RateLimits:Webhook:Permits"] = "1000";
        var intake = new IntakeApp(app);
        var (trader, first) = await intake.DoorAsync("hmac");
        var (_, second) = await intake.DoorAsync("hmac", trader);
        var (_, others) = await intake.DoorAsync("hmac");
        foreach (var sender in new[] { first, second, first })
        {
            (await sender.SendAsync(IntakeApp.Alert(Guid.NewGuid().ToString()))).Status.ShouldBe(HttpStatusCode.Accepted);
        }

        var told = await second.SendAsync(IntakeApp.Alert("one too many"));

        told.Status.ShouldBe(HttpStatusCode.TooManyRequests, told.ToString());
        told.Code.ShouldBe("too_many_alerts_today");
        told.Json.GetProperty("limit").GetString().ShouldBe("3");
        told.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        (await intake.RowsAsync(trader)).Count.ShouldBe(3);
        (await second.SendAsync("""{"symbol":"BTC/USDT","action":"exit","id":"out"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await second.SendAsync("""{"symbol":"NO/SUCH","action":"exit","id":"nothing"}""")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await others.SendAsync(IntakeApp.Alert("another user's"))).Status.ShouldBe(HttpStatusCode.Accepted);
        trader.Dispose();
    }

    [Fact]
    public async Task RateLimitAboveTheOperators_IsRefused()
    {
        await using var app = await StartAsync(TwoDatabases.Sqlite);
        app["RateLimits:Webhook:MaxPermits"] = "50";
        app["RateLimits:Webhook:MaxPermitsPerMinute"] = "120";
        using var trader = await ApiClient.SignUpAsync(app.Address);
        var account = await DoorsApp.PaperAccountAsync(trader);

        (await StatusAsync(51, 60)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(11, 5)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(10, 5)).ShouldBe(HttpStatusCode.Created);
        (await StatusAsync(50, 60)).ShouldBe(HttpStatusCode.Created);

        // One that was stored before the operator decided is cut.
        var stored = new Webhook
        {
            Id = Guid.NewGuid(),
            Name = "",
            NormalizedName = "",
            TokenHash = [],
            TokenSealed = "",
            SecretSealed = "",
            Preset = "auto",
            Auth = WebhookAuthMode.Hmac,
            RatePermits = 10_000,
            RateWindowSeconds = 1,
        };
        app.Get<WebhookKeys>().Issue(stored, "token", WebhookToken.NewSecret(WebhookAuthMode.Hmac));
        app.Get<ResolvedWebhookFactory>().Create(stored, "paper").RatePermits.ShouldBe(2);

        async Task<HttpStatusCode> StatusAsync(int permits, int windowSeconds) =>
            (
                await trader.PostAsJsonAsync(
                    "/api/webhooks",
                    new
                    {
                        name = $"Of {permits} in {windowSeconds}",
                        accountId = account,
                        auth = "hmac",
                        rateLimit = new { permits, windowSeconds },
                    }
                )
            ).StatusCode;
    }

    private static async Task<AppFactory> StartAsync(string database) =>
        new()
        {
            ["ConnectionStrings:Postgres"] =
                database == TwoDatabases.Postgres ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null,
            ["Users:HashMemoryKib"] = "1024",
            ["Gateway:Enabled"] = "false",
        };

    private static Task<HttpResponseMessage[]> TwelveAsync(HttpClient trader, string path, Func<int, object> body) =>
        Task.WhenAll(Enumerable.Range(1, 12).Select(i => trader.PostAsJsonAsync(path, body(i))));

    private static async Task ShouldStopAtAsync(HttpResponseMessage[] answers, int cap, string code)
    {
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(cap);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
            problem.GetProperty("code").GetString().ShouldBe(code);
            problem.GetProperty("limit").GetInt32().ShouldBe(cap);
        }
    }
}
