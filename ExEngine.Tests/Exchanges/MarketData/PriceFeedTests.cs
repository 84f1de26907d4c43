using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Tests.Exchanges.Ccxt;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.MarketData;

/// <summary>Live prices through the real gateway from the fake exchange, and simulated ones beside them.</summary>
[NeedsServer]
public sealed class PriceFeedTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    private PriceFeed Feed => fixture.App.Get<PriceFeed>();

    [Fact]
    public async Task PriceThatNobodyWatches_IsFetchedOnceForAllWhoAsk()
    {
        // A feed that has heard nothing yet: one question about several symbols may have told this one's price to the shared one.
        await using var app = fixture.Build();
        (await app.Get<MarketCatalog>().FindAsync("binance", CancellationToken.None)).ShouldNotBeNull();
        var feed = app.Get<PriceFeed>();
        await fixture.Exchange.SetPriceAsync("TENUSDT", 210m);
        feed.Last("binance", "TEN/USDT").ShouldBeNull();
        feed.IsStale("binance", "TEN/USDT").ShouldBeTrue();
        var before = (await fixture.Exchange.AskedAsync()).Length;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => feed.GetAsync("binance", "TEN/USDT", CancellationToken.None).AsTask())
        );

        answers.ShouldAllBe(a => a!.Last == 210m);
        feed.Last("binance", "TEN/USDT")!.Last.ShouldBe(210m);
        feed.IsStale("binance", "TEN/USDT").ShouldBeFalse();
        (await fixture.Exchange.AskedAsync()).Skip(before).Count(p => p.Contains("ticker", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task PricesOfSeveralSymbols_AreOneQuestionForThoseThatAreNotFresh()
    {
        await fixture.BinanceAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Exchange.SetPriceAsync("BNBUSDT", 71m);
        await fixture.Exchange.SetPriceAsync("QTRUSDT", 0.5m);
        (await Feed.GetAsync("binance", "ETH/USDT", CancellationToken.None)).ShouldNotBeNull();
        var before = (await fixture.Exchange.AskedAsync()).Length;

        var prices = await Feed.GetAsync("binance", ["BNB/USDT", "QTR/USDT", "ETH/USDT", "BNB/USDT"], CancellationToken.None);

        prices.Keys.Order().ShouldBe(["BNB/USDT", "ETH/USDT", "QTR/USDT"]);
        (prices["BNB/USDT"].Last, prices["QTR/USDT"].Last).ShouldBe((71m, 0.5m));
        (await fixture.Exchange.AskedAsync()).Skip(before).Count(p => p.Contains("ticker", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task SymbolThatTheExchangeRefuses_IsTheOnlyOneWithoutAPrice_AndIsNotAskedForAgainAtOnce()
    {
        var book = await fixture.BinanceAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        string[] good = [.. book.Markets.Where(m => m.Kind == "spot").Select(m => m.Symbol).Take(30)];

        var prices = await Feed.GetAsync("binance", [.. good[..7], "NOPE/USDT", .. good[7..]], CancellationToken.None);

        prices.Keys.Order().ShouldBe(good.Order());
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        var again = await AskedAsync(["NOPE/USDT", .. good[..3]]);
        again.ShouldBe(1);

        async Task<int> AskedAsync(string[] symbols)
        {
            var from = (await fixture.Exchange.AskedAsync()).Length;
            (await Feed.GetAsync("binance", symbols, CancellationToken.None)).Count.ShouldBe(symbols.Length - 1);
            return (await fixture.Exchange.AskedAsync()).Skip(from).Count(p => p.Contains("ticker", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WatchedSymbols_AreToldOfEachChange_UntilTheWatchEnds()
    {
        var heard = new ConcurrentQueue<decimal>();
        using (Feed.Watch("binance", "BNB/USDT", t => heard.Enqueue(t.Last)))
        using (Feed.Watch("binance", "QTR/USDT", t => heard.Enqueue(t.Last)))
        {
            await fixture.Exchange.SetPriceAsync("BNBUSDT", 601m);
            await fixture.Exchange.SetPriceAsync("QTRUSDT", 11m);
            await Until.True(() => heard.Contains(601m) && heard.Contains(11m), TimeSpan.FromSeconds(30));
            await fixture.Exchange.SetPriceAsync("BNBUSDT", 602m);
            await Until.True(() => heard.Contains(602m), TimeSpan.FromSeconds(30));
        }

        Feed.Watched.ShouldNotContain(w => w.Exchange == "binance");
    }

    [Fact]
    public async Task SimulatedPrice_IsToldSeveralTimesPerSecond()
    {
        var heard = new ConcurrentQueue<Ticker>();
        using (Feed.Watch("paper", "ETH/USDT", heard.Enqueue))
        {
            await Until.True(() => heard.Count > 4);
        }

        heard.Select(t => t.At).ShouldBeInOrder();
        heard.Select(t => t.Last).Distinct().Count().ShouldBeGreaterThan(2);
        Feed.Last("paper", "ETH/USDT")!.Last.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ExchangeAway_WhatIsKnownServesForAWhileAndThenNothing()
    {
        await fixture.BinanceAsync();
        (await Feed.GetAsync("binance", "SHIB/USDT", CancellationToken.None)).ShouldNotBeNull();
        await fixture.Exchange.FailAsync("/api/v3/ticker/24hr", 503);
        try
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(8));
            (await Feed.GetAsync("binance", "SHIB/USDT", CancellationToken.None)).ShouldNotBeNull();
            fixture.Clock.Advance(TimeSpan.FromSeconds(8));
            (await Feed.GetAsync("binance", "SHIB/USDT", CancellationToken.None)).ShouldBeNull();
            Feed.Last("binance", "SHIB/USDT").ShouldNotBeNull();
        }
        finally
        {
            await fixture.Exchange.ResetAsync();
        }
    }

    [Fact]
    public async Task PaperAccountOnAnotherExchange_TradesAtItsLivePriceWithItsRules()
    {
        var client = await ApiClient.SignUpAsync(fixture.App.Address, $"{Guid.NewGuid():N}@example.org");
        var created = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = "Like live",
                exchange = "binance",
                mode = "paper",
            }
        );
        var market = (await fixture.BinanceAsync()).Resolve("ETH/USDT").Market!;
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 3_100m);
        var account = await AccountAsync(created.GetProperty("id").GetGuid());
        var exchange = fixture.App.Get<ExchangeFactory>().Of(account);

        // Another test's price may be at hand still.
        var feed = fixture.App.Get<PriceFeed>();
        await Until.True(async () => (await feed.GetAsync("binance", "ETH/USDT", CancellationToken.None))?.Last == 3_100m);
        var resting = SuiteBench.Done(
            await exchange.PlaceAsync(
                SuiteBench.TicketOf(Drafts.Buy(0.5m, 3_050m), market),
                new string('1', 32),
                fixture.Clock.GetUtcNow().UtcDateTime.AddMinutes(1),
                CancellationToken.None
            )
        );
        resting.Status.ShouldBe(ExchangeOrderStatus.Open);
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 3_049.95m);

        await Until.True(
            async () => SuiteBench.Done(await exchange.OpenOrdersAsync(null, CancellationToken.None)).Count == 0,
            TimeSpan.FromSeconds(30)
        );
        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{account.Id}/balances");
        balances.GetProperty("items").GetRawText().ShouldContain("""{"asset":"ETH","free":"0.4995","used":"0","total":"0.4995"}""");
    }

    [Fact]
    public async Task LiveCandles_ComeFromTheExchangeNewestFirst()
    {
        await fixture.BinanceAsync();
        await fixture.Exchange.SetPriceAsync("BTCUSDT", 50_100.5m);
        var client = await ApiClient.SignUpAsync(fixture.App.Address, $"{Guid.NewGuid():N}@example.org");

        var candles = await client.GetFromJsonAsync<JsonElement>("/api/exchanges/binance/candles?symbol=BTCUSDT&interval=1m&limit=10");

        candles.GetProperty("items")[0].GetProperty("close").GetString().ShouldBe("50100.5");
    }

    [Fact]
    public async Task LiveBalances_AreWhatTheExchangeSays()
    {
        var client = await ApiClient.SignUpAsync(fixture.App.Address, $"{Guid.NewGuid():N}@example.org");
        var key = await fixture.Exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 123.45m, ["BTC"] = 0.5m });
        var row = LiveAccount.Row(fixture.App, key);
        await using (var db = fixture.App.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Core.Data.AppDb>>().CreateDbContext())
        {
            var mine = await DoorsApp.PostAsync(client, "/api/accounts", new { name = "Paper", exchange = "paper" });
            var owner = db.ExchangeAccounts.Single(a => a.Id == mine.GetProperty("id").GetGuid()).UserId;
            row = Sealed(row, owner, key);
            db.Add(row);
            await db.SaveChangesAsync();
        }

        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{row.Id}/balances");

        balances
            .GetProperty("items")
            .GetRawText()
            .ShouldBe(
                """[{"asset":"BTC","free":"0.5","used":"0","total":"0.5"},{"asset":"USDT","free":"123.45","used":"0","total":"123.45"}]"""
            );
    }

    private async Task<ExchangeAccount> AccountAsync(Guid id)
    {
        await using var db = fixture.App.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Core.Data.AppDb>>().CreateDbContext();
        return db.ExchangeAccounts.Single(a => a.Id == id);
    }

    private ExchangeAccount Sealed(ExchangeAccount row, Guid owner, FakeExchange.FakeKey key)
    {
        var sealer = fixture.App.Get<Core.Data.SecretSealer>();
        (row.UserId, row.CreatedAt, row.UpdatedAt) = (owner, DateTime.UnixEpoch, DateTime.UnixEpoch);
        row.ApiKeySealed = sealer.Seal(new("ExchangeAccount", owner, row.Id, "ApiKey"), key.Key);
        row.SecretSealed = sealer.Seal(new("ExchangeAccount", owner, row.Id, "Secret"), key.Secret);
        return row;
    }
}
