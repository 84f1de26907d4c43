using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class RiskEndpointsTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task NothingSet_IsActiveWithoutLimits(string database)
    {
        var (client, _, _) = await StartAsync(database);

        var risk = await client.GetStringAsync("/api/risk");

        risk.ShouldBe(
            """
            {"state":"active","effectiveState":"active","haltProtection":false,"currency":"USDT","limits":{},"exposure":"0","unrealized":"0","realizedToday":"0","rates":[],"scopes":[]}
            """.Trim()
        );
    }

    [Theory, MemberData(nameof(Both))]
    public async Task StateAndLimits_ComeBackAndAreTold(string database)
    {
        var (client, owner, app) = await StartAsync(database);
        var told = new List<ChangeEvent>();
        using var hearing = app.Get<ChangeFeed>().Subscribe(owner.UserId, told.Add);

        await PutAsync(client, "/api/risk", new { state = "reduceOnly", limits = new { maxOrderValue = "100.50", maxOpenOrders = 3 } });
        await PutAsync(client, $"/api/accounts/{owner.AccountId}/risk", new { state = "halted" });
        var webhook = await PutAsync(
            client,
            $"/api/webhooks/{owner.WebhookId}/risk",
            new { limits = new { maxSignalsPerMinute = 5, maxDailyLoss = 20 } }
        );

        webhook
            .GetRawText()
            .ShouldBe(
                """
                {"state":"active","effectiveState":"active","haltProtection":false,"currency":"USDT","limits":{"maxDailyLoss":"20","maxSignalsPerMinute":5}}
                """.Trim()
            );
        var all = await client.GetFromJsonAsync<JsonElement>("/api/risk");
        all.GetProperty("state").GetString().ShouldBe("reduceOnly");
        all.GetProperty("limits").GetRawText().ShouldBe("""{"maxOrderValue":"100.5","maxOpenOrders":3}""");
        all.GetProperty("scopes")
            .EnumerateArray()
            .Select(s => (s.GetProperty("scope").GetString(), s.GetProperty("state").GetString()))
            .ShouldBe([("account", "halted"), ("webhook", "active")], ignoreOrder: true);
        told.Where(e => e.Kind == ChangeKind.Risk).Select(e => e.Id).ShouldBe([owner.UserId, owner.AccountId, owner.WebhookId]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task WhatIsLeftOut_StaysAsItIsButALimitOfTheGroup(string database)
    {
        var (client, _, _) = await StartAsync(database);
        await PutAsync(client, "/api/risk", new { state = "halted", limits = new { maxOrderValue = "100", maxOpenOrders = 3 } });

        var stateOnly = await PutAsync(client, "/api/risk", new { state = "active" });
        var limitsOnly = await PutAsync(client, "/api/risk", new { limits = new { maxOpenOrders = 4 } });

        (await PutAsync(client, "/api/risk", new { haltProtection = true })).GetProperty("state").GetString().ShouldBe("active");
        (await PutAsync(client, "/api/risk", new { state = "halted" })).GetProperty("haltProtection").GetBoolean().ShouldBeTrue();
        stateOnly.GetProperty("limits").GetRawText().ShouldBe("""{"maxOrderValue":"100","maxOpenOrders":3}""");
        limitsOnly.GetProperty("limits").GetRawText().ShouldBe("""{"maxOpenOrders":4}""");
    }

    [Fact]
    public async Task NumbersThatCannotBe_AreNamed()
    {
        var (client, _, _) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.PutAsJsonAsync(
            "/api/risk",
            new
            {
                limits = new
                {
                    maxOrderValue = "0",
                    maxPositionValue = "-1",
                    maxExposure = "0",
                    maxOpenOrders = 0,
                    maxDailyLoss = 0,
                    maxUnrealizedLoss = "-0.1",
                    maxDrawdown = "0",
                    maxSignalsPerMinute = 10_001,
                },
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem
            .GetProperty("errors")
            .EnumerateObject()
            .Select(e => e.Name)
            .Order()
            .ShouldBe([
                "limits.maxDailyLoss",
                "limits.maxDrawdown",
                "limits.maxExposure",
                "limits.maxOpenOrders",
                "limits.maxOrderValue",
                "limits.maxPositionValue",
                "limits.maxSignalsPerMinute",
                "limits.maxUnrealizedLoss",
            ]);
        (await client.PutAsJsonAsync("/api/risk", new { state = "sleeping" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task AnotherUsersIds_AreNotFound(string database)
    {
        var (_, owner, app) = await StartAsync(database);
        var (stranger, _, _) = await StartAsync(database);

        foreach (
            var path in new[]
            {
                $"/api/accounts/{owner.AccountId}/risk",
                $"/api/webhooks/{owner.WebhookId}/risk",
                $"/api/accounts/{owner.WebhookId}/risk",
            }
        )
        {
            (await stranger.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await stranger.PutAsJsonAsync(path, new { state = "halted" })).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        await using var db = app.Get<IDbContextFactory<AppDb>>().CreateDbContext();
        (await db.RiskSettings.AnyAsync(r => r.ScopeId == owner.AccountId || r.ScopeId == owner.WebhookId)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task LossReachesTheLimit_IsReduceOnlyUntilMidnightAndStaysSoAfterAProfit(string database)
    {
        var (client, owner, app) = await StartAsync(database);
        await PutAsync(client, $"/api/accounts/{owner.AccountId}/risk", new { limits = new { maxDailyLoss = "10" } });
        var now = DateTime.SpecifyKind(app.Get<TimeProvider>().GetUtcNow().UtcDateTime, DateTimeKind.Utc);
        var ids = await new OrderRows(app, owner).AddAsync(o => (o.Status, o.Side) = (OrderStatus.Filled, OrderSide.Sell));

        (await CloseAsync(-9.99m)).ShouldBeEmpty();
        (await CloseAsync(-0.01m)).ShouldBe([owner.AccountId]);
        (await CloseAsync(100m)).ShouldBeEmpty();

        var risk = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{owner.AccountId}/risk");
        risk.GetProperty("effectiveState").GetString().ShouldBe("reduceOnly");
        risk.GetProperty("reduceOnlyUntil").GetDateTime().ShouldBe(now.Date.AddDays(1));
        var raised = await PutAsync(client, $"/api/accounts/{owner.AccountId}/risk", new { limits = new { maxDailyLoss = "20" } });
        raised.GetProperty("effectiveState").GetString().ShouldBe("active");

        Task<IReadOnlyList<Guid>> CloseAsync(decimal profit) => LossAsync(app, owner, ids[0], "BTC/USDT", profit);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task LossesOfSeveralQuotes_ReachTheLimitTogether_AndAQuoteWithoutARateIsLeftOut(string database)
    {
        var (client, owner, app) = await StartAsync(database);
        await PutAsync(client, "/api/risk", new { limits = new { maxDailyLoss = "1000" } });
        var ids = await new OrderRows(app, owner).AddAsync(o => (o.Status, o.Side) = (OrderStatus.Filled, OrderSide.Sell));

        (await LossAsync(app, owner, ids[0], "BTC/USDT", -400m)).ShouldBeEmpty();
        (await LossAsync(app, owner, ids[0], "AAA/ZZZ", -1_000_000m)).ShouldBeEmpty();

        // At least 600 USDT at any simulated price of bitcoin.
        (await LossAsync(app, owner, ids[0], "ETH/BTC", -0.01m)).ShouldBe([owner.UserId]);
    }

    private static async Task<IReadOnlyList<Guid>> LossAsync(AppFactory app, SignalRows owner, Guid orderId, string symbol, decimal profit)
    {
        var now = DateTime.SpecifyKind(app.Get<TimeProvider>().GetUtcNow().UtcDateTime, DateTimeKind.Utc);
        await using var db = app.Get<IDbContextFactory<AppDb>>().CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var order = await db.Orders.SingleAsync(o => o.Id == orderId);
        db.Add(
            new Fill
            {
                Id = Guid.NewGuid(),
                UserId = owner.UserId,
                AccountId = owner.AccountId,
                OrderId = order.Id,
                Symbol = symbol,
                ExchangeTradeId = Guid.NewGuid().ToString("N"),
                At = now,
                StoredAt = now,
                RealizedProfit = profit,
            }
        );
        var closed = await app.Get<DailyLossBreaker>().CloseAsync(db, order, now, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return closed;
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, string path, object body) =>
        await ApiClient.SucceedAsync(await client.PutAsJsonAsync(path, body));

    private async Task<(HttpClient Client, SignalRows Owner, AppFactory App)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), owner, app);
    }
}
