using System.Net;
using System.Net.Sockets;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Tests.Exchanges.Ccxt;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.MarketData;

/// <summary>Memory, database and gateway; each test has its own application, because each breaks something.</summary>
[NeedsServer]
public sealed class MarketCatalogTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>, IAsyncLifetime
{
    private static readonly string[] Paths = ["/api/v3/exchangeInfo", "/fapi/v1/exchangeInfo", "/dapi/v1/exchangeInfo"];

    private AppFactory _app = null!;
    private MarketCatalog _markets = null!;

    public async ValueTask InitializeAsync()
    {
        await fixture.Exchange.ResetAsync();
        _app = fixture.Build();
        _markets = _app.Get<MarketCatalog>();
    }

    [Fact]
    public async Task ManyCallersOfColdRules_ShareOneFetch()
    {
        var books = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(BinanceAsync)));

        books.Distinct().Count().ShouldBe(1);
        (await fixture.Exchange.AskedAsync()).Order().ShouldBe(Paths.Order());
    }

    [Fact]
    public async Task RulesInMemory_AreFoundAtOnceWithoutAllocating()
    {
        await BinanceAsync();
        await _markets.FindAsync("binance", CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            // Were it not there at once, another thread might go on from here, and the count would be of no use.
            await _markets.FindAsync("binance", CancellationToken.None);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task ExchangeDown_StaleRulesAreServedUntilItIsBack()
    {
        var fresh = await BinanceAsync();
        await Task.WhenAll(Paths.Select(p => fixture.Exchange.FailAsync(p, 503)));
        fixture.Clock.Advance(TimeSpan.FromHours(2));

        await Until.True(async () => (await BinanceAsync()).Stale);
        (await BinanceAsync()).Resolve("ETHUSDT").Market.ShouldBe(fresh.Resolve("ETHUSDT").Market);
        _markets.FailureOf("binance").ShouldNotBeNull().ShouldContain("An unknown error occurred");

        await fixture.Exchange.ResetAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await Until.True(async () => !(await BinanceAsync()).Stale);
        (await BinanceAsync()).FetchedAt.ShouldBeGreaterThan(fresh.FetchedAt.AddHours(2));
    }

    [Fact]
    public async Task RestartWhileTheExchangeIsDown_ServesTheStoredRules()
    {
        using var data = new TempDirectory();
        await using (var before = fixture.Build())
        {
            before["Data:Directory"] = data["kept"];
            (await before.Get<MarketCatalog>().FindAsync("binance", CancellationToken.None)).ShouldNotBeNull();
        }

        await Task.WhenAll(Paths.Select(p => fixture.Exchange.FailAsync(p, 503)));
        await using var after = fixture.Build();
        after["Data:Directory"] = data["kept"];
        var markets = after.Get<MarketCatalog>();

        (await markets.FindAsync("binance", CancellationToken.None))!.Stale.ShouldBeFalse();
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await Until.True(async () => (await markets.FindAsync("binance", CancellationToken.None))!.Stale);
    }

    [Fact]
    public async Task FuturesBlocked_SpotRulesArriveAlone()
    {
        await fixture.Exchange.FailAsync("/fapi/v1/exchangeInfo", 451);

        var marketSet = await BinanceAsync();

        marketSet.Resolve("BTCUSDT").Market.ShouldNotBeNull();
        marketSet.Markets.ShouldAllBe(m => m.Kind == "spot");
        _markets.FailureOf("binance").ShouldNotBeNull().ShouldContain("swap");
    }

    [Fact]
    public async Task FuturesFailingAtFirst_ArriveWithTheRetry()
    {
        await fixture.Exchange.FailAsync("/fapi/v1/exchangeInfo", 503);
        (await BinanceAsync()).Resolve("BTCUSDT.P").Market.ShouldBeNull();

        await fixture.Exchange.ResetAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));

        await Until.True(async () => (await BinanceAsync()).Resolve("BTCUSDT.P").Market is not null);
        (await BinanceAsync()).Missing.ShouldBeEmpty();
        _markets.FailureOf("binance").ShouldBeNull();
    }

    [Fact]
    public async Task SpotFailingAtFirst_APlainSymbolDoesNotBecomeThePerpetual()
    {
        await fixture.Exchange.FailAsync("/api/v3/exchangeInfo", 503);

        (await _markets.FindAsync("binance", CancellationToken.None)).ShouldBeNull();
        _markets.FailureOf("binance").ShouldNotBeNull().ShouldContain("spot");
    }

    [Fact]
    public async Task StoredRulesAndASilentGateway_NobodyWaitsForTheGateway()
    {
        using var data = new TempDirectory();
        await using (var before = fixture.Build())
        {
            before["Data:Directory"] = data["kept"];
            (await before.Get<MarketCatalog>().FindAsync("binance", CancellationToken.None)).ShouldNotBeNull();
        }

        fixture.Clock.Advance(TimeSpan.FromHours(2));
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var after = fixture.Build();
        after["Data:Directory"] = data["kept"];
        after["Gateway:Url"] = $"http://{silent.LocalEndpoint}";
        after["Gateway:Secret"] = "0123456789abcdef0123456789abcdef";
        var markets = after.Get<MarketCatalog>();

        (await markets.FindAsync("binance", CancellationToken.None)).ShouldNotBeNull().Stale.ShouldBeTrue();
        markets.FailureOf("binance").ShouldBeNull("the fetch has not ended");
    }

    [Fact]
    public async Task FuturesFailingLater_KeepsTheRulesThereWere()
    {
        var first = await BinanceAsync();
        await fixture.Exchange.FailAsync("/fapi/v1/exchangeInfo", 503);
        fixture.Clock.Advance(TimeSpan.FromHours(2));

        await Until.True(async () => (await BinanceAsync()).Stale);
        var marketSet = await BinanceAsync();
        marketSet.Resolve("BTCUSDT.P").Market.ShouldNotBeNull();
        marketSet.FetchedAt.ShouldBeGreaterThan(first.FetchedAt.AddHours(2), "spot is new");
    }

    [Fact]
    public async Task ExchangeThatRedirects_IsNotFollowed()
    {
        await using var app = fixture.Build();
        app["Exchanges:binance:BaseUrl"] = fixture.Exchange.Address + "/moved";

        (await app.Get<MarketCatalog>().FindAsync("binance", CancellationToken.None)).ShouldBeNull();
        var asked = await fixture.Exchange.AskedAsync();
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(p => p.StartsWith("/moved/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NodeMissing_PaperWorksAndTheReasonIsTold()
    {
        await using var app = new AppFactory { ["Gateway:NodePath"] = "/nowhere/node" };
        var markets = app.Get<MarketCatalog>();

        (await markets.FindAsync(ExchangeInfo.Paper, CancellationToken.None))!.Resolve("BTCUSDT").Market.ShouldNotBeNull();
        (await markets.FindAsync("binance", CancellationToken.None)).ShouldBeNull();
        (await markets.FindAsync("no-such-exchange", CancellationToken.None)).ShouldBeNull();
        app.Get<GatewayStatus>().Report.State.ShouldBe(GatewayState.Missing);
        markets.FailureOf("binance").ShouldNotBeNull().ShouldContain("Install Node.js");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<MarketSet> BinanceAsync() =>
        await _markets.FindAsync("binance", CancellationToken.None) ?? throw new InvalidOperationException(_markets.FailureOf("binance"));
}
