using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Limits in one currency, over REST and for signals, with the engine on paper.</summary>
[NeedsServer]
public sealed class CurrencyLimitsTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    private const string BuyBitcoin = """{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01"}""";

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task OrderInAnotherQuote_CountsInTheCurrency(string database)
    {
        var (app, trader, door) = await StartAsync(database);
        await LimitAsync(trader, new { maxOrderValue = "1000" });

        // At any simulated price of bitcoin: 0.1 ETH at 0.03 are about 300 USDT, 3 ETH are about 8,000.
        var small = await BuyAsync(trader, "ETH/BTC", "0.1", "0.03");
        var large = await BuyAsync(trader, "ETH/BTC", "3", "0.03");
        await door.SendAsync("""{"symbol":"ETH/BTC","action":"buy","order_type":"limit","trade_price":"0.03","trade_quantity":"3"}""");

        small.StatusCode.ShouldBe(HttpStatusCode.Created, await small.Content.ReadAsStringAsync());
        var refusal = await RefusalAsync(large);
        refusal.GetProperty("code").GetString().ShouldBe("max_order_value");
        refusal.GetProperty("message").GetString()!.ShouldMatch(@"^The order is worth [\d,.]+ USDT \(1 BTC = [\d,.]+ USDT, 0 s old\), and");
        (await SignalCodeAsync(app, trader)).ShouldBe("max_order_value");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Exposure_IsOfAllSymbolsAndOpenBuys_AndSellsPass(string database)
    {
        var (app, trader, door) = await StartAsync(database);
        await LimitAsync(trader, new { maxExposure = "2500" });
        await HoldAsync(trader, "0.01"); // about 900 USDT
        var resting = await BuyAsync(trader, "ETH/USDT", "1", "1000");
        resting.StatusCode.ShouldBe(HttpStatusCode.Created, await resting.Content.ReadAsStringAsync());

        var more = await BuyAsync(trader, "SOL/USDT", "10", "100");
        await door.SendAsync("""{"symbol":"SOL/USDT","action":"buy","order_type":"limit","trade_price":"100","trade_quantity":"10"}""");
        var sell = await OrderAsync(trader, "BTC/USDT", "sell", "0.001");

        (await RefusalAsync(more)).GetProperty("code").GetString().ShouldBe("max_exposure");
        (await SignalCodeAsync(app, trader)).ShouldBe("max_exposure");
        sell.StatusCode.ShouldBe(HttpStatusCode.Created, await sell.Content.ReadAsStringAsync());
        var risk = await trader.GetFromJsonAsync<JsonElement>("/api/risk");
        Number(risk, "exposure").ShouldBeInRange(1300m, 2500m);
        (
            await trader.DeleteAsync(
                $"/api/orders/{(await resting.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}"
            )
        ).IsSuccessStatusCode.ShouldBeTrue();
        await Until.True(async () => (await BuyAsync(trader, "SOL/USDT", "10", "100")).StatusCode == HttpStatusCode.Created);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task OrdersAtTheSameInstant_ShareTheExposureThatIsLeft(string database)
    {
        var (_, trader, _) = await StartAsync(database);
        await LimitAsync(trader, new { maxExposure = "250" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BuyAsync(trader, "ETH/USDT", "0.1", "1000")));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(2);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            (await RefusalAsync(refused)).GetProperty("code").GetString().ShouldBe("max_exposure");
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task UnrealizedLoss_StopsWhatOpensWhileItLasts(string database)
    {
        var (app, trader, door) = await StartAsync(database);
        await LimitAsync(trader, new { maxUnrealizedLoss = "500" });
        await HoldAsync(trader, "0.01");
        await SetCostAsync(app, trader, 5000m);

        var buy = await OrderAsync(trader, "BTC/USDT", "buy", "0.001");
        await door.SendAsync(BuyBitcoin);
        (await SignalCodeAsync(app, trader)).ShouldBe("max_unrealized_loss");
        var sell = await OrderAsync(trader, "BTC/USDT", "sell", "0.001");
        (await RefusalAsync(buy)).GetProperty("code").GetString().ShouldBe("max_unrealized_loss");
        sell.StatusCode.ShouldBe(HttpStatusCode.Created, await sell.Content.ReadAsStringAsync());
        Number(await trader.GetFromJsonAsync<JsonElement>("/api/risk"), "unrealized").ShouldBeLessThan(-500m);
        await FilledAsync(trader, sell);

        await SetCostAsync(app, trader, 10m);
        (await OrderAsync(trader, "BTC/USDT", "buy", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Drawdown_IsReduceOnlyUntilItIsReset(string database)
    {
        var (app, trader, door) = await StartAsync(database);
        await HoldAsync(trader, "0.01");
        await SetCostAsync(app, trader, 100m);
        await LimitAsync(trader, new { maxDrawdown = "400" });
        await app.App.Get<DrawdownWatch>().LookAsync(CancellationToken.None);
        await FilledAsync(trader, await OrderAsync(trader, "BTC/USDT", "buy", "0.0001"));
        await SetCostAsync(app, trader, 2000m);

        var buy = await OrderAsync(trader, "BTC/USDT", "buy", "0.001");
        await SetCostAsync(app, trader, 100m); // it came back, and still holds
        var again = await OrderAsync(trader, "BTC/USDT", "buy", "0.001");
        await door.SendAsync(BuyBitcoin);

        (await RefusalAsync(buy)).GetProperty("code").GetString().ShouldBe("max_drawdown");
        (await RefusalAsync(again)).GetProperty("code").GetString().ShouldBe("reduce_only");
        (await SignalCodeAsync(app, trader)).ShouldBe("reduce_only");
        (await OrderAsync(trader, "BTC/USDT", "sell", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var risk = await trader.GetFromJsonAsync<JsonElement>("/api/risk");
        risk.GetProperty("effectiveState").GetString().ShouldBe("reduceOnly");
        risk.TryGetProperty("drawdownReachedAt", out _).ShouldBeTrue();

        var reset = await PutAsync(trader, new { resetDrawdown = true });
        reset.GetProperty("effectiveState").GetString().ShouldBe("active");
        reset.GetProperty("limits").GetProperty("maxDrawdown").GetString().ShouldBe("400");
        (await OrderAsync(trader, "BTC/USDT", "buy", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task DrawdownThatASignalMeets_IsReachedFromThenOn(string database)
    {
        var (app, trader, door) = await StartAsync(database);
        await HoldAsync(trader, "0.01");
        await SetCostAsync(app, trader, 100m);
        await LimitAsync(trader, new { maxDrawdown = "400" });
        await app.App.Get<DrawdownWatch>().LookAsync(CancellationToken.None);
        await SetCostAsync(app, trader, 2000m);

        await door.SendAsync(BuyBitcoin);

        (await SignalCodeAsync(app, trader)).ShouldBe("max_drawdown");
        (await trader.GetFromJsonAsync<JsonElement>("/api/risk")).GetProperty("effectiveState").GetString().ShouldBe("reduceOnly");
        (await PutAsync(trader, new { limits = new { maxDrawdown = "5000" } }))
            .GetProperty("effectiveState")
            .GetString()
            .ShouldBe("active");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task LossesOfTwoQuotes_AreOneDailyLoss(string database)
    {
        var (app, trader, _) = await StartAsync(database);
        await LimitAsync(trader, new { maxDailyLoss = "500" });
        await LoseAsync(app, trader, "BTC/USDT", -200m);
        (await OrderAsync(trader, "BTC/USDT", "buy", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);

        // About 700 USDT in bitcoin.
        await LoseAsync(app, trader, "ETH/BTC", -0.008m);
        var buy = await OrderAsync(trader, "BTC/USDT", "buy", "0.001");

        var refusal = await RefusalAsync(buy);
        refusal.GetProperty("code").GetString().ShouldBe("max_daily_loss");
        refusal.GetProperty("message").GetString()!.ShouldContain("(1 BTC = ");
        var risk = await trader.GetFromJsonAsync<JsonElement>("/api/risk");
        Number(risk, "realizedToday").ShouldBeLessThan(-500m);
        risk.GetProperty("rates")[0].GetProperty("asset").GetString().ShouldBe("BTC");
        risk.GetProperty("rates")[0].GetProperty("ageSeconds").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task CurrencyOfNoMarket_RefusesWhatOpensAndNamesIt()
    {
        var (app, trader, door) = await StartAsync(TwoDatabases.Sqlite);
        await HoldAsync(trader, "0.01");
        var set = await PutAsync(trader, new { currency = " xyz ", limits = new { maxOrderValue = "1000" } });
        set.GetProperty("currency").GetString().ShouldBe("XYZ");

        var refusal = await RefusalAsync(await OrderAsync(trader, "BTC/USDT", "buy", "0.001"));
        await door.SendAsync(BuyBitcoin);

        (refusal.GetProperty("code").GetString(), refusal.GetProperty("asked").GetString()).ShouldBe(("rate_unknown", "XYZ"));
        refusal
            .GetProperty("message")
            .GetString()
            .ShouldBe(
                "No market leads from USDT on paper to XYZ, which your limits are in; choose another currency, or take the limit away."
            );
        (await SignalCodeAsync(app, trader)).ShouldBe("rate_unknown");
        (await OrderAsync(trader, "BTC/USDT", "sell", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await trader.GetFromJsonAsync<JsonElement>("/api/risk")).TryGetProperty("exposure", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task PositionWithoutAPrice_RefusesWhatOpensAndNamesIt()
    {
        var (app, trader, _) = await StartAsync(TwoDatabases.Sqlite);
        await LimitAsync(trader, new { maxExposure = "100000" });
        await HoldAsync(trader, "0.01");
        await using (var db = await DatabaseAsync(app))
        {
            var account = await AccountAsync(trader);
            await db
                .Positions.Where(p => p.AccountId == account)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.Symbol, "GONE/USDT").SetProperty(p => p.Base, "GONE"));
        }

        var refusal = await RefusalAsync(await OrderAsync(trader, "BTC/USDT", "buy", "0.001"));

        (refusal.GetProperty("code").GetString(), refusal.GetProperty("asked").GetString()).ShouldBe(("rate_unknown", "GONE/USDT"));
        await LimitAsync(trader, new { maxOrderValue = "100000" });
        (await OrderAsync(trader, "BTC/USDT", "buy", "0.001")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Currency_IsTheUsersForAllScopes()
    {
        var (_, trader, _) = await StartAsync(TwoDatabases.Sqlite);
        var account = await AccountAsync(trader);
        await PutAsync(trader, new { limits = new { maxOrderValue = "500" } });
        (
            await trader.PutAsJsonAsync($"/api/accounts/{account}/risk", new { limits = new { maxOrderValue = "0.02" } })
        ).EnsureSuccessStatusCode();

        var mine = await PutAsync(trader, new { currency = "btc" });
        var bad = await trader.PutAsJsonAsync("/api/risk", new { currency = "B" });
        var foreign = await trader.PutAsJsonAsync($"/api/accounts/{account}/risk", new { currency = "EUR" });
        var refusal = await RefusalAsync(await OrderAsync(trader, "BTC/USDT", "buy", "0.03"));

        mine.GetProperty("limits").GetProperty("maxOrderValue").GetString().ShouldBe("500");
        (await trader.GetFromJsonAsync<JsonElement>($"/api/accounts/{account}/risk")).GetProperty("currency").GetString().ShouldBe("BTC");
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("currency", out _).ShouldBeTrue();
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refusal.GetProperty("code").GetString().ShouldBe("max_order_value");
        refusal
            .GetProperty("message")
            .GetString()!
            .ShouldMatch(@"worth 0\.0[23]\d* BTC \(1 USDT = 0\.0000\d+ BTC, 0 s old\), and the account's");
    }

    private async Task<(IntakeApp App, HttpClient Trader, Sender Door)> StartAsync(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, door) = await app.DoorAsync("secret");
        return (app, trader, door);
    }

    private static Task<JsonElement> LimitAsync(HttpClient trader, object limits) => PutAsync(trader, new { limits });

    private static async Task<JsonElement> PutAsync(HttpClient trader, object body) =>
        await ApiClient.SucceedAsync(await trader.PutAsJsonAsync("/api/risk", body));

    private static async Task<Guid> AccountAsync(HttpClient trader) =>
        (await trader.GetFromJsonAsync<JsonElement>("/api/accounts")).GetProperty("items")[0].GetProperty("id").GetGuid();

    private static async Task<HttpResponseMessage> BuyAsync(HttpClient trader, string symbol, string quantity, string price) =>
        await trader.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = await AccountAsync(trader),
                symbol,
                side = "buy",
                type = "limit",
                quantity,
                price,
            }
        );

    private static async Task<HttpResponseMessage> OrderAsync(HttpClient trader, string symbol, string side, string quantity) =>
        await trader.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = await AccountAsync(trader),
                symbol,
                side,
                type = "market",
                quantity,
            }
        );

    private static async Task HoldAsync(HttpClient trader, string quantity)
    {
        await ApiClient.SucceedAsync(await OrderAsync(trader, "BTC/USDT", "buy", quantity));
        await Until.True(async () =>
            (await trader.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength() == 1
        );
    }

    private static async Task FilledAsync(HttpClient trader, HttpResponseMessage placed)
    {
        var id = (await ApiClient.SucceedAsync(placed)).GetProperty("id").GetString();
        await Until.True(async () =>
            await trader.GetFromJsonAsync<JsonElement>($"/api/orders/{id}") is var order
            && order.GetProperty("status").GetString() == "filled"
            && order.GetProperty("fills").GetArrayLength() > 0
        );
    }

    private static async Task<JsonElement> RefusalAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");
    }

    private static async Task<string?> SignalCodeAsync(IntakeApp app, HttpClient trader)
    {
        await Until.True(async () => (await app.RowsAsync(trader)) is [{ Status: SignalStatus.Refused or SignalStatus.Done }]);
        return (await app.RowsAsync(trader))[0].Code;
    }

    private static Task<AppDb> DatabaseAsync(IntakeApp app) => app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();

    // The market does not move for a test; what the position cost does. About 900 USDT are held.
    private static async Task SetCostAsync(IntakeApp app, HttpClient trader, decimal cost)
    {
        var account = await AccountAsync(trader);
        await using var db = await DatabaseAsync(app);
        await db.Positions.Where(p => p.AccountId == account).ExecuteUpdateAsync(s => s.SetProperty(p => p.EntryCost, cost));
    }

    private static async Task LoseAsync(IntakeApp app, HttpClient trader, string symbol, decimal profit)
    {
        var account = await AccountAsync(trader);
        await using var db = await DatabaseAsync(app);
        var now = app.App.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        db.Add(
            new Fill
            {
                Id = Guid.NewGuid(),
                UserId = await db.ExchangeAccounts.Where(a => a.Id == account).Select(a => a.UserId).SingleAsync(),
                AccountId = account,
                Symbol = symbol,
                ExchangeTradeId = Guid.NewGuid().ToString("N"),
                At = now,
                StoredAt = now,
                RealizedProfit = profit,
            }
        );
        await db.SaveChangesAsync();
    }

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
