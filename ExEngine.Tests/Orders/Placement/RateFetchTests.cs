using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Exchanges.Ccxt;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders.Placement;

/// <summary>Limits that need prices of symbols that nobody watches, on an exchange that must be asked for them.</summary>
[NeedsServer]
public sealed class RateFetchTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>, IAsyncLifetime
{
    private const string Ticker = "/api/v3/ticker/24hr";

    private AppFactory _app = null!;
    private SignalRows _rows = null!;
    private HttpClient _trader = null!;

    public async ValueTask InitializeAsync()
    {
        await fixture.Exchange.ResetAsync();
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 3_000m);
        await StartAsync(withEngine: false);
    }

    private async Task StartAsync(bool withEngine)
    {
        _app = fixture.Build();
        _app["Execution:Enabled"] = withEngine ? "true" : "false";
        _rows = await SignalRows.NewAsync(_app);
        await _rows.SetPasswordAsync();
        await using var db = await _rows.DatabaseAsync();
        await db.ExchangeAccounts.Where(a => a.Id == _rows.AccountId).ExecuteUpdateAsync(s => s.SetProperty(a => a.Exchange, "binance"));
        _trader = await ApiClient.SignInAsync(_app.Address, _rows.Email);

        // 0.1 BTC in PEPE at 50,000, and 3,000 in ETH.
        await HoldAsync("PEPE", "BTC", 1_000_000_000m);
        await HoldAsync("ETH", "USDT", 1m);
        (await _trader.PutAsJsonAsync("/api/risk", new { limits = new { maxExposure = "9000" } })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task MissingPrices_AreFetchedOnceAndTheOrderIsJudged()
    {
        var placed = await BuyAsync();
        var asked = await AskedAsync();
        var second = await BuyAsync();

        placed.StatusCode.ShouldBe(HttpStatusCode.Created, await placed.Content.ReadAsStringAsync());
        var refusal = (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");
        refusal.GetProperty("code").GetString().ShouldBe("max_exposure");
        Number(refusal, "asked").ShouldBe(9200m);
        refusal
            .GetProperty("message")
            .GetString()!
            .ShouldMatch(@"^Everything held and being bought would be worth 9,200 USDT \(1 BTC = 50,000 USDT, \d+ s old\), and your");
        (await AskedAsync()).ShouldBe(asked);
    }

    [Fact]
    public async Task SignalThatNeedsPrices_IsPlannedOnceTheyAreFetched()
    {
        await _app.DisposeAsync();
        await StartAsync(withEngine: true);
        var webhook = await DoorsApp.PostAsync(
            _trader,
            "/api/webhooks",
            new
            {
                name = "Limits",
                accountId = _rows.AccountId,
                auth = "hmac",
            }
        );
        var door = Sender.At(webhook, _app.Address, "hmac");
        var before = await AskedAsync();

        await door.SendAsync("""{"symbol":"BNB/USDT","action":"buy","order_type":"limit","trade_price":"600","trade_quantity":"1"}""");

        await Until.True(async () => (await SignalAsync())?.Status is SignalStatus.Done or SignalStatus.Refused);
        var signal = (await SignalAsync())!;
        signal.Code.ShouldBeNull(signal.Reason);
        await using var db = await _rows.DatabaseAsync();
        (await db.Orders.CountAsync(o => o.OriginId == signal.Id)).ShouldBe(1);
        (await AskedAsync()).ShouldBeGreaterThan(before);

        async Task<Signal?> SignalAsync()
        {
            await using var read = await _rows.DatabaseAsync();
            return await read.Signals.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == _rows.UserId);
        }
    }

    [Fact]
    public async Task PricesOfFifteenSeconds_AreGoodEnough_AndOlderOnesAreFetchedAgain()
    {
        (await BuyAsync()).StatusCode.ShouldBe(HttpStatusCode.Created);
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 8_000m);

        var refusal = (await (await BuyAsync()).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");

        Number(refusal, "asked").ShouldBe(14_200m);
    }

    [Fact]
    public async Task ExchangeThatTellsNoPrices_RefusesWhatOpensAndNamesThem()
    {
        (await fixture.Markets.FindAsync("binance", CancellationToken.None)).ShouldNotBeNull();
        await fixture.Exchange.FailAsync(Ticker, 503);

        var refusal = (await (await BuyAsync()).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");
        var risk = await _trader.GetFromJsonAsync<JsonElement>("/api/risk");

        refusal.GetProperty("code").GetString().ShouldBe("rate_unknown");
        var message = refusal.GetProperty("message").GetString()!;
        message.ShouldContain("PEPE/BTC");
        message.ShouldContain("ETH/USDT");
        message.ShouldContain("BTC/USDT");
        risk.TryGetProperty("exposure", out _).ShouldBeFalse();
        risk.TryGetProperty("unrealized", out _).ShouldBeFalse();
        risk.GetProperty("realizedToday").GetString().ShouldBe("0");
    }

    [Fact]
    public async Task WithoutLimits_NothingIsAsked()
    {
        (await _trader.PutAsJsonAsync("/api/risk", new { limits = new { maxOpenOrders = 5 } })).EnsureSuccessStatusCode();

        (await BuyAsync()).StatusCode.ShouldBe(HttpStatusCode.Created);

        // The order's own symbol, as ever.
        (await AskedAsync()).ShouldBe(1);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HoldAsync(string @base, string quote, decimal quantity) =>
        await new OrderRows(_app, _rows).AddPositionAsync(p =>
        {
            (p.Symbol, p.Base, p.Quote) = ($"{@base}/{quote}", @base, quote);
            (p.Quantity, p.EntryCost, p.OwnerKind) = (quantity, 0.001m, OwnerKind.Manual);
        });

    private Task<HttpResponseMessage> BuyAsync() =>
        _trader.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = _rows.AccountId,
                symbol = "BNB/USDT",
                side = "buy",
                type = "limit",
                quantity = "1",
                price = "600",
            }
        );

    private async Task<int> AskedAsync() =>
        (await fixture.Exchange.AskedAsync()).Count(p => p.Contains("ticker", StringComparison.Ordinal));

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
