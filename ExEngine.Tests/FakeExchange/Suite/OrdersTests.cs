using System.Text.Json.Nodes;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>Real CCXT trades on the fake exchange.</summary>
[NeedsServer]
public sealed class OrdersTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    private FakeExchangeProcess Exchange => fixture.Exchange;

    [Fact]
    public async Task MarketBuy_FillsAtOnce_WithItsFillsAndExactBalances()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        var order = await customer.OrderAsync("market", "buy", "0.1234", id: "first");

        Text(order, "status").ShouldBe("closed");
        Text(order, "clientOrderId").ShouldBe("first");
        Number(order, "filled").ShouldBe(0.1234m);
        Number(order, "cost").ShouldBe(12.34m);
        Text(order["trades"]![0]!, "price").ShouldBe("100.00000000");
        Number(order["fees"]![0]!, "cost").ShouldBe(0.0001234m);
        var balances = await customer.BalancesAsync();
        balances["USDT"].ShouldBe(new FakeBalance(9987.66m, 0));
        balances[market.Base].ShouldBe(new FakeBalance(100.1232766m, 0));
    }

    [Fact]
    public async Task LimitBuyBelowThePrice_WaitsWithItsMoneyLocked_AndFillsWhenThePriceComes()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        var order = await customer.OrderAsync("limit", "buy", "1.5", "99.5", id: "waits");
        Text(order, "status").ShouldBe("open");
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9850.75m, 149.25m));
        (await customer.CallAsync("fetchOpenOrders", customer.Symbol)).AsArray().Count.ShouldBe(1);

        await Exchange.SetPriceAsync(market.Id, 99.51m);
        Text(await customer.FindAsync("waits"), "status").ShouldBe("open");
        await Exchange.SetPriceAsync(market.Id, 99.4m);

        var found = await customer.FindAsync("waits");
        Text(found, "status").ShouldBe("closed");
        Number(found, "average").ShouldBe(99.5m);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9850.75m, 0));
        (await customer.LedgerAsync()).Fills.ShouldHaveSingleItem().Maker.ShouldBe(true);
    }

    [Fact]
    public async Task MarketBuyByCost_BuysWholeStepsForNoMore()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await Exchange.SetPriceAsync(market.Id, 333.33m);

        var order = await customer.CallAsync("createMarketBuyOrderWithCost", customer.Symbol, "100");

        Number(order, "filled").ShouldBe(0.3000m);
        Number(order, "cost").ShouldBe(99.999m);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9_900.001m, 0));
    }

    [Fact]
    public async Task MarketOrderBeyondTheBook_EndsExpiredWithPartFilled_AtEachLevelsPrice()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await Exchange.SetBookAsync(
            market.Id,
            new FakeBook
            {
                LevelQuantity = 0.5m,
                Levels = 3,
                SpreadTicks = 2,
            }
        );

        var order = await customer.OrderAsync("market", "buy", "2", id: "big");

        Text(order["info"]!, "status").ShouldBe("EXPIRED");
        Number(order, "filled").ShouldBe(1.5m);
        order["trades"]!.AsArray().Select(t => Number(t!, "price")).ShouldBe([100.02m, 100.03m, 100.04m]);
        (await customer.LedgerAsync()).Expiries.ShouldHaveSingleItem().Quantity.ShouldBe(0.5m);
        (await customer.BalancesAsync())["USDT"].Locked.ShouldBe(0);
    }

    [Fact]
    public async Task LimitOrderBeyondTheBook_FillsInPartsAsTheBookFillsUp()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await Exchange.SetBookAsync(market.Id, new FakeBook { LevelQuantity = 0.4m });

        var order = await customer.OrderAsync("limit", "buy", "1", "101", id: "parts");
        Number(order, "filled").ShouldBe(0.4m);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9_899.4m, 60.6m));
        await Exchange.SetPriceAsync(market.Id, 100);
        await Exchange.SetPriceAsync(market.Id, 100);

        var found = await customer.FindAsync("parts");
        Text(found, "status").ShouldBe("closed");
        var trades = await customer.CallAsync("fetchMyTrades", customer.Symbol, null, null, new { orderId = Text(found, "id") });
        trades
            .AsArray()
            .Select(t => (Text(t!, "takerOrMaker"), Number(t!, "price"), Number(t!, "amount")))
            .ShouldBe([("taker", 100m, 0.4m), ("maker", 101m, 0.4m), ("maker", 101m, 0.2m)]);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9_899.4m, 0));
    }

    [Theory]
    [InlineData("IOC", "EXPIRED", 0.4)]
    [InlineData("FOK", "EXPIRED", 0)]
    [InlineData("GTC", "PARTIALLY_FILLED", 0.4)]
    public async Task TimeInForce_DecidesAboutTheRest(string timeInForce, string status, decimal filled)
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await Exchange.SetBookAsync(market.Id, new FakeBook { LevelQuantity = 0.4m });

        var order = await customer.OrderAsync("limit", "buy", "1", "100", more: new JsonObject { ["timeInForce"] = timeInForce });

        Text(order["info"]!, "status").ShouldBe(status);
        Number(order, "filled").ShouldBe(filled);
        (await customer.BalancesAsync())["USDT"].Locked.ShouldBe(status == "EXPIRED" ? 0 : 60);
    }

    [Fact]
    public async Task StopLimitSell_WaitsForItsStop_ThenRestsAtItsPrice()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        await customer.OrderAsync("limit", "sell", "2", "94", id: "stop", more: new JsonObject { ["stopLossPrice"] = "95" });
        (await customer.FindAsync("stop"))["info"]!["isWorking"]!.GetValue<bool>().ShouldBeFalse();
        (await customer.BalancesAsync())[market.Base].ShouldBe(new FakeBalance(98, 2));
        await Exchange.SetPriceAsync(market.Id, 93);
        var triggered = await customer.FindAsync("stop");
        triggered["info"]!["isWorking"]!.GetValue<bool>().ShouldBeTrue();
        Text(triggered, "status").ShouldBe("open");
        await Exchange.SetPriceAsync(market.Id, 94.5m);

        var filled = await customer.FindAsync("stop");
        Text(filled, "status").ShouldBe("closed");
        Number(filled, "average").ShouldBe(94m);
        Number(filled, "triggerPrice").ShouldBe(95m);
    }

    [Theory]
    [InlineData("sell", "stopLossPrice", "95", "95.01", "95", 95)]
    [InlineData("sell", "takeProfitPrice", "105", "104.99", "106", 106)]
    [InlineData("buy", "stopLossPrice", "105", "104.99", "105.5", 105.5)]
    [InlineData("buy", "takeProfitPrice", "95", "95.01", "94", 94)]
    public async Task StopMarket_FillsAtTheMarket_OnceThePriceIsThere(
        string side,
        string kind,
        string stop,
        string before,
        string after,
        decimal price
    )
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        await customer.OrderAsync("market", side, "1", id: "stop", more: new JsonObject { [kind] = stop });
        await Exchange.SetPriceAsync(market.Id, decimal.Parse(before, System.Globalization.CultureInfo.InvariantCulture));
        Text(await customer.FindAsync("stop"), "status").ShouldBe("open");
        await Exchange.SetPriceAsync(market.Id, decimal.Parse(after, System.Globalization.CultureInfo.InvariantCulture));

        Number(await customer.FindAsync("stop"), "average").ShouldBe(price);
        (await customer.BalancesAsync()).Values.ShouldAllBe(b => b.Locked == 0);
    }

    [Fact]
    public async Task StopMarketBuyThatTheMoneyDoesNotReachFor_FillsWhatItCan()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        await customer.OrderAsync("market", "buy", "80", id: "stop", more: new JsonObject { ["stopLossPrice"] = "120" });
        await Exchange.SetPriceAsync(market.Id, 150);

        var order = await customer.FindAsync("stop");
        Text(order["info"]!, "status").ShouldBe("EXPIRED");
        Number(order, "filled").ShouldBe(66.6666m);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(0.01m, 0));
    }

    [Fact]
    public async Task Cancel_ByClientId_FreesTheMoney_AndIsRefusedTheSecondTime()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.OrderAsync("limit", "buy", "1", "90", id: "gone");

        var cancelled = await customer.TryCancelAsync("gone");
        var again = await customer.TryCancelAsync("gone");

        Text(cancelled.Good, "status").ShouldBe("canceled");
        again.Error.ShouldBe("OrderNotFound");
        again.Message.ShouldContain("-2011");
        Text(await customer.FindAsync("gone"), "status").ShouldBe("canceled");
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(10_000, 0));
        var ledger = await customer.LedgerAsync();
        ledger.Cancels.ShouldHaveSingleItem().Quantity.ShouldBe(1);
        ledger.Requests.Where(r => r.Endpoint == "DELETE /api/v3/order").Select(r => r.Executed).ShouldBe([true, false]);
    }

    [Fact]
    public async Task CancelAll_EndsWhatIsOpenOnTheSymbol()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.OrderAsync("limit", "buy", "1", "90");
        await customer.OrderAsync("limit", "sell", "1", "110");

        (await customer.CallAsync("cancelAllOrders", customer.Symbol)).AsArray().Count.ShouldBe(2);

        (await customer.CallAsync("fetchOpenOrders", customer.Symbol)).AsArray().ShouldBeEmpty();
        (await customer.LedgerAsync()).Cancels.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ClientId_MayBeUsedAgain_OnceItsOrderIsOver()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        await customer.OrderAsync("market", "buy", "1", id: "same");
        await customer.OrderAsync("market", "buy", "1", id: "same");
        (await customer.LedgerAsync()).OfClientOrder("same").Fills.Sum(f => f.Quantity!.Value).ShouldBe(2);
        await customer.OrderAsync("limit", "buy", "1", "90", id: "same");
        var refused = await customer.TryOrderAsync("market", "buy", "1", id: "same");

        refused.Message.ShouldContain("-2010");
        refused.Message.ShouldContain("Duplicate order sent.");
        Text(await customer.FindAsync("same"), "status").ShouldBe("open");
    }

    [Fact]
    public async Task NewOrder_IsInvisibleForTheQueryLag()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.CallAsync("loadMarkets");
        await Exchange.SetQueryLagAsync(TimeSpan.FromMinutes(5));
        await customer.OrderAsync("market", "buy", "1", id: "hidden");
        await customer.OrderAsync("limit", "buy", "1", "90", id: "hidden-open");
        await Exchange.SetQueryLagAsync(TimeSpan.Zero);
        await customer.OrderAsync("limit", "buy", "1", "91", id: "seen");

        var found = await customer.TryFindAsync("hidden");

        found.Error.ShouldBe("OrderNotFound");
        found.Message.ShouldContain("-2013");
        (await Ids("fetchOpenOrders")).ShouldBe(["seen"]);
        (await Ids("fetchOrders")).ShouldBe(["seen"]);
        (await customer.CallAsync("fetchMyTrades", customer.Symbol)).AsArray().ShouldBeEmpty();
        (await customer.LedgerAsync()).Orders.Count.ShouldBe(3);

        async Task<IEnumerable<string?>> Ids(string method) =>
            (await customer.CallAsync(method, customer.Symbol)).AsArray().Select(o => Text(o!, "clientOrderId"));
    }

    [Fact]
    public async Task Trades_AreFoundByTimeOrderAndFromId()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        for (var i = 1; i <= 3; i++)
        {
            await customer.OrderAsync("market", "buy", $"{i}", id: $"t{i}");
        }

        var all = (await customer.CallAsync("fetchMyTrades", customer.Symbol)).AsArray();
        var since = all[1]!["timestamp"]!.GetValue<long>();

        all.Select(t => Number(t!, "amount")).ShouldBe([1, 2, 3]);
        (await Amounts(null, null, new { fromId = Text(all[1]!, "id") })).ShouldBe([2, 3]);
        (await Amounts(null, null, new { orderId = Text(all[2]!, "order") })).ShouldBe([3]);
        (await Amounts(since, null, null)).ShouldBe(
            all.Where(t => t!["timestamp"]!.GetValue<long>() >= since).Select(t => Number(t!, "amount"))
        );
        (await Amounts(null, 1, null)).ShouldBe([3]);
        (await Amounts(null, 1, new { fromId = Text(all[0]!, "id") })).ShouldBe([1]);

        async Task<IEnumerable<decimal>> Amounts(long? from, int? limit, object? more) =>
            (await customer.CallAsync("fetchMyTrades", customer.Symbol, from, limit, more)).AsArray().Select(t => Number(t!, "amount"));
    }

    [Fact]
    public async Task Ccxt_ReadsBalancesTickersCandlesAndCoins()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.OrderAsync("limit", "buy", "1.2345", "90");
        await Exchange.SetBookAsync(
            market.Id,
            new FakeBook
            {
                LevelQuantity = 7,
                Levels = 2,
                SpreadTicks = 3,
            }
        );

        var balance = await customer.CallAsync("fetchBalance");
        var ticker = await customer.CallAsync("fetchTicker", customer.Symbol);
        var depth = await customer.CallAsync("fetchOrderBook", customer.Symbol);
        var candles = await customer.CallAsync("fetchOHLCV", customer.Symbol, "1m");
        var coins = await customer.CallAsync("fetchCurrencies");

        Number(balance["USDT"]!, "used").ShouldBe(111.105m);
        Number(balance["USDT"]!, "free").ShouldBe(9_888.895m);
        (Number(ticker, "last"), Number(ticker, "bid"), Number(ticker, "ask")).ShouldBe((100m, 100m, 100.03m));
        depth["asks"]!.AsArray().Select(a => a![0]!.ToString()).ShouldBe(["100.03", "100.04"]);
        candles.AsArray().Count.ShouldBeGreaterThan(0);
        coins[market.Base].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("fetchTime")]
    [InlineData("fetchStatus")]
    [InlineData("fetchTickers")]
    [InlineData("fetchBidsAsks")]
    [InlineData("fetchLastPrices")]
    [InlineData("fetchTradingFees")]
    [InlineData("fetchClosedOrders", "BTC/USDT")]
    [InlineData("fetchCanceledOrders", "BTC/USDT")]
    [InlineData("createOrder", "BTC/USDT", "market", "buy", "0.01", null, "test")]
    public async Task Ccxt_AsksForNothingThatIsMissing(string method, params object?[] arguments)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.CallAsync("loadMarkets");

        await customer.CallAsync(method, [.. arguments.Select(a => a is "test" ? new { test = true } : a)]);

        (await customer.LedgerAsync()).Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Control_SaysWhatWasWrong() =>
        (await Should.ThrowAsync<InvalidOperationException>(Exchange.WalkAsync("NONE", new FakeWalk()))).Message.ShouldContain(
            "Invalid symbol."
        );

    private static decimal Number(JsonNode order, string name) =>
        decimal.Parse(order[name]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonNode order, string name) => order[name]?.ToString();
}
