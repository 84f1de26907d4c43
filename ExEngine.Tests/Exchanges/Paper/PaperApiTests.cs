using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>What scripts see of paper accounts and of the built-in exchange's prices.</summary>
[NeedsServer]
public sealed class PaperApiTests(DoorsApp app)
{
    [Fact]
    public async Task Balances_FollowTheOrders_AndResetBeginsAnew()
    {
        var client = await app.SignUpAsync();
        var id = Guid.Parse(await DoorsApp.PaperAccountAsync(client));
        await PlaceAsync(id, Drafts.Buy(0.01m));
        await PlaceAsync(id, Drafts.Buy(0.02m, 10_000m));

        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{id}/balances");
        var items = balances.GetProperty("items").EnumerateArray().ToDictionary(b => b.GetProperty("asset").GetString()!);
        items["BTC"].GetProperty("free").GetString().ShouldBe("0.00999");
        items["USDT"].GetProperty("used").GetString().ShouldBe("200");

        var reset = await DoorsApp.PostAsync(client, $"/api/accounts/{id}/reset", null);
        reset.GetProperty("items").GetRawText().ShouldBe("""[{"asset":"USDT","free":"10000","used":"0","total":"10000"}]""");
    }

    [Fact]
    public async Task ResetOfSomeoneElses_IsNotFound_AndOfALiveAccount_IsRefused()
    {
        var client = await app.SignUpAsync();
        var mine = await DoorsApp.PaperAccountAsync(await app.SignUpAsync());
        var live = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = "Live",
                exchange = "binance",
                mode = "live",
                apiKey = "nobody-knows",
                secret = "nobody-knows",
            }
        );

        (await client.PostAsync($"/api/accounts/{mine}/reset", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var refused = await client.PostAsync($"/api/accounts/{live.GetProperty("id").GetString()}/reset", null);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("not_a_paper_account");
    }

    [Fact]
    public async Task TickerAndCandles_AreOfOnePriceAndExactTexts()
    {
        var client = await app.SignUpAsync();

        var ticker = await client.GetFromJsonAsync<JsonElement>("/api/exchanges/paper/ticker?symbol=BTCUSDT");
        var candles = await client.GetFromJsonAsync<JsonElement>("/api/exchanges/paper/candles?symbol=BTC/USDT&interval=15m&limit=100");

        var last = decimal.Parse(ticker.GetProperty("last").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var items = candles.GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBe(100);
        items.Select(c => c.GetProperty("at").GetDateTime()).ShouldBeInOrder(SortDirection.Descending);
        decimal Of(JsonElement candle, string name) =>
            decimal.Parse(candle.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        items.Count(c => Of(c, "low") <= Of(c, "open") && Of(c, "open") <= Of(c, "high") && Of(c, "low") <= Of(c, "close")).ShouldBe(100);
        Of(items[0], "close").ShouldBeInRange(last * 0.99m, last * 1.01m);
    }

    [Theory]
    [InlineData("/api/exchanges/paper/ticker?symbol=NOPE", HttpStatusCode.NotFound)]
    [InlineData("/api/exchanges/nowhere/ticker?symbol=BTCUSDT", HttpStatusCode.NotFound)]
    [InlineData("/api/exchanges/paper/candles?symbol=BTCUSDT&interval=7h", HttpStatusCode.BadRequest)]
    [InlineData("/api/exchanges/paper/candles?symbol=BTCUSDT&interval=1m&limit=501", HttpStatusCode.BadRequest)]
    public async Task QuestionsThatHaveNoAnswer_SayWhatIsWrong(string path, HttpStatusCode status) =>
        (await (await app.SignUpAsync()).GetAsync(path)).StatusCode.ShouldBe(status);

    [Fact]
    public async Task RestingOrder_FillsByItselfWhileTheServerRuns()
    {
        var client = await app.SignUpAsync();
        var id = Guid.Parse(await DoorsApp.PaperAccountAsync(client));
        var exchange = app.Get<ExchangeFactory>().Of(Account(id));
        await PlaceAsync(id, Drafts.Buy(0.001m));

        // The future is known here: a price that comes after the order has been placed, and within seconds.
        var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var path = app.Get<PriceFeed>().Simulated.Path("BTC/USDT", now, now.AddSeconds(10), int.MaxValue).ToList();
        var (soon, later) = (path.Where(t => t.At < now.AddSeconds(3)).ToList(), path.Where(t => t.At >= now.AddSeconds(3)).ToList());
        var (buy, sell) = (later.Min(t => t.Ask!.Value), later.Max(t => t.Bid!.Value));
        await PlaceAsync(id, buy < soon.Min(t => t.Ask) ? Drafts.Buy(0.001m, buy) : Drafts.Sell(0.0009m, sell));

        await Until.True(
            async () =>
                SuiteBench
                    .Done(await exchange.TradesAsync("BTC/USDT", DateTime.UnixEpoch, CancellationToken.None))
                    .Any(t => t.IsMaker == true),
            TimeSpan.FromSeconds(60)
        );
    }

    private async Task PlaceAsync(Guid accountId, Core.Markets.OrderDraft draft)
    {
        var market = PaperMarkets.All.Single(m => m.Symbol == "BTC/USDT");
        SuiteBench.Done(
            await app.Get<ExchangeFactory>()
                .Of(Account(accountId))
                .PlaceAsync(PaperAccounts.Ticket(market, draft), Guid.NewGuid().ToString("N"), DateTime.MaxValue, CancellationToken.None)
        );
    }

    private ExchangeAccount Account(Guid id)
    {
        using var db = app.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Core.Data.AppDb>>().CreateDbContext();
        return db.ExchangeAccounts.Single(a => a.Id == id);
    }
}
