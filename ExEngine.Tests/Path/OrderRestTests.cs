using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Orders and positions as a script meets them: from the request to the fill, on paper, with the engine running.</summary>
[NeedsServer]
public sealed class OrderRestTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task MarketOrder_IsFilledHeldProtectedAndClosed(string database)
    {
        var (client, account) = await StartAsync(database);

        var placed = await DoorsApp.PostAsync(
            client,
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTCUSDT",
                side = "buy",
                type = "market",
                cost = "1000",
            }
        );
        placed.GetProperty("symbol").GetString().ShouldBe("BTC/USDT");
        var filled = await SettledAsync(client, placed, "filled");
        filled.GetProperty("fills").GetArrayLength().ShouldBeGreaterThan(0);

        var position = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items")[0];
        Number(position, "quantity").ShouldBe(Number(filled, "executed") * 0.999m);
        var id = position.GetProperty("id").GetString();
        var answer = await ApiClient.SucceedAsync(
            await client.PutAsJsonAsync(
                $"/api/positions/{id}/protection",
                new { takeProfits = new[] { new { percent = "50", share = "50" } }, stopLoss = new { percent = "20" } }
            )
        );
        answer.GetProperty("protection").GetProperty("stopLoss").GetProperty("percent").GetString().ShouldBe("20");

        var reset = await client.PostAsync($"/api/accounts/{account}/reset", null);
        reset.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await reset.Content.ReadAsStringAsync()).ShouldContain("holds BTC/USDT. Close these positions first.");

        (await client.PostAsJsonAsync($"/api/positions/{id}/close", new { percent = "0" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync($"/api/positions/{id}/close", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength() == 0
        );
        (await client.PostAsync($"/api/accounts/{account}/reset", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task ProtectionThatWouldSellAtOnce_IsRefusedUnlessItIsMeant(string database)
    {
        var (client, account) = await StartAsync(database);
        await SettledAsync(client, await BuyAsync(client, account), "filled");
        var position = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items")[0];
        var path = $"/api/positions/{position.GetProperty("id").GetString()}/protection";

        var stop = await client.PutAsJsonAsync(path, new { stopLoss = new { price = "200000" } });
        var target = await client.PutAsJsonAsync(path, new { takeProfits = new[] { new { price = "10000" } } });

        stop.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var refusal = (await stop.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");
        (refusal.GetProperty("code").GetString(), refusal.GetProperty("asked").GetString()).ShouldBe(("stop_not_below_market", "200000"));
        decimal.Parse(refusal.GetProperty("limit").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await target.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("target_not_above_market");
        (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength().ShouldBe(1);

        await ApiClient.SucceedAsync(await client.PutAsJsonAsync(path, new { stopLoss = new { price = "200000" }, confirm = true }));
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength() == 0
        );
    }

    [Theory, MemberData(nameof(Both))]
    public async Task SameKeyAgain_ProtectsAndClosesOnce(string database)
    {
        var (client, account) = await StartAsync(database);
        await SettledAsync(client, await BuyAsync(client, account), "filled");
        var position = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items")[0];
        var path = $"/api/positions/{position.GetProperty("id").GetString()}";
        var bought = Number(position, "quantity");

        await SendAsync(HttpMethod.Put, "/protection", "one", new { stopLoss = new { percent = "20" } });
        await SendAsync(HttpMethod.Put, "/protection", "two", new { stopLoss = new { percent = "30" } });
        var late = await SendAsync(HttpMethod.Put, "/protection", "one", new { stopLoss = new { percent = "20" } });
        late.GetProperty("protection").GetProperty("stopLoss").GetProperty("percent").GetString().ShouldBe("30");

        await SendAsync(HttpMethod.Post, "/close", "three", new { percent = "50" });
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("position") is var now
            && Number(now, "quantity") < bought
            && !now.TryGetProperty("closingPercent", out _)
        );
        var half = Number((await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("position"), "quantity");
        (await SendAsync(HttpMethod.Post, "/close", "three", new { percent = "50" }))
            .TryGetProperty("closingPercent", out _)
            .ShouldBeFalse();
        Number((await client.GetFromJsonAsync<JsonElement>(path)).GetProperty("position"), "quantity").ShouldBe(half);

        async Task<JsonElement> SendAsync(HttpMethod method, string what, string key, object body)
        {
            using var request = new HttpRequestMessage(method, path + what) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            return await ApiClient.SucceedAsync(await client.SendAsync(request));
        }
    }

    private static Task<JsonElement> BuyAsync(HttpClient client, string account) =>
        DoorsApp.PostAsync(
            client,
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTC/USDT",
                side = "buy",
                type = "market",
                cost = "1000",
            }
        );

    [Fact]
    public async Task EventsOfAPosition_CarryItsId()
    {
        var (client, account) = await StartAsync(TwoDatabases.Sqlite);
        var app = (await apps.OnAsync(TwoDatabases.Sqlite)).App;
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var owner = await db.ExchangeAccounts.Where(a => a.Id == Guid.Parse(account)).Select(a => a.UserId).SingleAsync();
        var heard = new ConcurrentQueue<Guid>();
        app.Get<ChangeFeed>().Heard += e =>
        {
            if (e.UserId == owner && e.Kind == ChangeKind.Position)
            {
                heard.Enqueue(e.Id);
            }
        };

        await DoorsApp.PostAsync(
            client,
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTC/USDT",
                side = "buy",
                type = "market",
                cost = "1000",
            }
        );
        await Until.True(() => !heard.IsEmpty);
        var id = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();
        await client.PutAsJsonAsync(
            $"/api/positions/{id}/protection",
            new { takeProfits = new[] { new { percent = "50", share = "50" } } }
        );
        await client.PostAsync($"/api/positions/{id}/close", null);
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength() == 0
        );

        heard.Count.ShouldBeGreaterThan(3);
        heard.Distinct().ShouldBe([id]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task RestingOrder_IsCancelledOnceAskedAndStaysSo(string database)
    {
        var (client, account) = await StartAsync(database);
        var placed = await DoorsApp.PostAsync(
            client,
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTC/USDT",
                side = "buy",
                type = "limit",
                quantity = "0.001",
                price = "10000",
            }
        );
        await SettledAsync(client, placed, "open");
        var path = $"/api/orders/{placed.GetProperty("id").GetString()}";

        (await client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await SettledAsync(client, placed, "canceled");

        (await client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SameKeyAgain_PlacesNothingNew()
    {
        var (client, account) = await StartAsync(TwoDatabases.Sqlite);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "my order 47");
        var order = new
        {
            accountId = account,
            symbol = "ETH/USDT",
            side = "buy",
            type = "limit",
            quantity = "0.1",
            price = "1000",
        };

        var first = await DoorsApp.PostAsync(client, "/api/orders", order);
        var second = await DoorsApp.PostAsync(client, "/api/orders", order);

        second.GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        (await client.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task SameKeyAtTheSameInstant_AllAreAnsweredWithTheOneOrder(string database)
    {
        var (client, account) = await StartAsync(database);
        // With room for one order: a second one would be refused, and so would its answer.
        (await client.PutAsJsonAsync("/api/risk", new { state = "active", limits = new { maxOpenOrders = 1 } })).EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "at once");
        var order = new
        {
            accountId = account,
            symbol = "ETH/USDT",
            side = "buy",
            type = "limit",
            quantity = "0.1",
            price = "1000",
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PostAsJsonAsync("/api/orders", order)));

        answers.Select(a => a.StatusCode).ShouldAllBe(status => status == HttpStatusCode.Created);
        var ids = await Task.WhenAll(
            answers.Select(async a => (await a.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString())
        );
        ids.Distinct().Count().ShouldBe(1);
        (await client.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task OrderThatBreaksARule_IsRefusedWithItsNumbers()
    {
        var (client, account) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTC/USDT",
                side = "buy",
                type = "limit",
                quantity = "0.001",
                price = "60000.105",
            }
        );
        var incomplete = await client.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = account,
                symbol = "BTC/USDT",
                side = "buy",
                type = "limit",
                quantity = "1",
            }
        );
        var foreign = await client.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = Guid.NewGuid(),
                symbol = "BTC/USDT",
                side = "buy",
                type = "market",
                quantity = "1",
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("price_off_tick");
        problem.GetProperty("refusal").GetProperty("nearest")[0].GetString().ShouldBe("60000.10");
        incomplete.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await incomplete.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("price", out _).ShouldBeTrue();
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>The order, once it has this state.</summary>
    private static async Task<JsonElement> SettledAsync(HttpClient client, JsonElement placed, string status)
    {
        JsonElement order = default;
        await Until.True(
            async () =>
            {
                order = await client.GetFromJsonAsync<JsonElement>($"/api/orders/{placed.GetProperty("id").GetString()}");
                return order.GetProperty("status").GetString() == status
                    && (status != "filled" || order.GetProperty("fills").GetArrayLength() > 0);
            },
            otherwise: () => order.ToString()
        );
        return order;
    }

    private async Task<(HttpClient Client, string Account)> StartAsync(string database)
    {
        var app = await apps.OnAsync(database);
        var client = await ApiClient.SignUpAsync(app.App.Address, $"{Guid.NewGuid():N}@example.org");
        return (client, await DoorsApp.PaperAccountAsync(client));
    }
}
