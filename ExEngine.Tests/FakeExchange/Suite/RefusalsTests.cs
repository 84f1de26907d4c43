using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>Refusals with Binance's codes and words, and that none of them changes anything.</summary>
[NeedsServer]
public sealed class RefusalsTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    private const string Limit = "side=BUY&type=LIMIT&timeInForce=GTC&";
    private const string Market = "side=BUY&type=MARKET&";

    [Theory]
    [InlineData(Limit + "quantity=1&price=99.995", "-1013 Filter failure: PRICE_FILTER")]
    [InlineData(Limit + "quantity=1&price=1000000.01", "-1013 Filter failure: PRICE_FILTER")]
    [InlineData(Limit + "quantity=1.00005&price=99", "-1013 Filter failure: LOT_SIZE")]
    [InlineData(Limit + "quantity=9000.0001&price=99", "-1013 Filter failure: LOT_SIZE")]
    [InlineData(Limit + "quantity=0.05&price=99.99", "-1013 Filter failure: NOTIONAL")]
    [InlineData(Limit + "quantity=8999&price=100000", "-1013 Filter failure: NOTIONAL")]
    [InlineData(Limit + "quantity=1&price=201", "-1013 Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData(Market + "quantity=120.5001", "-1013 Filter failure: MARKET_LOT_SIZE")]
    [InlineData(Market + "quantity=0.0499", "-1013 Filter failure: NOTIONAL")]
    [InlineData(Market + "quoteOrderQty=4.99", "-1013 Filter failure: NOTIONAL")]
    [InlineData(Limit + "quantity=1&price=0", "-1013 Invalid price.")]
    [InlineData(Limit + "quantity=0&price=99", "-1013 Invalid quantity.")]
    [InlineData(Limit + "quantity=1.000000001&price=99", "-1111 Parameter 'quantity' has too much precision.")]
    [InlineData(
        Limit + "quantity=1e-1&price=99",
        @"-1100 Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'."
    )]
    [InlineData(
        Limit + "quantity=1&price=-9",
        @"-1100 Illegal characters found in parameter 'price'; legal range is '^([0-9]{1,20})(\.[0-9]{1,20})?$'."
    )]
    [InlineData(Limit + "quantity=1&price=99&quantity=2", "-1101 Duplicate values for a parameter detected.")]
    [InlineData(Limit + "quantity=1", "-1102 Mandatory parameter 'price' was not sent, was empty/null, or malformed.")]
    [InlineData(Market, "-1102 Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!")]
    [InlineData(Market + "quantity=1&clientOrderId=a", "-1104 Not all sent parameters were read; read '6' parameter(s) but was sent '7'.")]
    [InlineData(Market + "quantity=", "-1105 Parameter 'quantity' was empty.")]
    [InlineData(Market + "quantity=1&price=99", "-1106 Parameter 'price' sent when not required.")]
    [InlineData(Market + "quantity=1&timeInForce=GTC", "-1106 Parameter 'timeInForce' sent when not required.")]
    [InlineData(Market + "quantity=99999999999999999999&newClientOrderId=big", "-1013 Filter failure: LOT_SIZE")]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&quantity=1&price=99", "-1115 Invalid timeInForce.")]
    [InlineData("side=BUY&type=TRAILING&quantity=1", "-1116 Invalid orderType.")]
    [InlineData("side=LONG&type=MARKET&quantity=1", "-1117 Invalid side.")]
    [InlineData(Market + "quantity=1&quoteOrderQty=100", "-1128 Combination of optional parameters invalid.")]
    [InlineData(Market + "quantity=101", "-2010 Account has insufficient balance for requested action.")]
    [InlineData("side=SELL&type=MARKET&quantity=100.0001", "-2010 Account has insufficient balance for requested action.")]
    [InlineData("side=BUY&type=LIMIT_MAKER&quantity=1&price=100", "-2010 Order would immediately match and take.")]
    [InlineData("side=SELL&type=STOP_LOSS&quantity=1&stopPrice=100", "-2010 Stop price would trigger immediately.")]
    public async Task BadOrder_IsRefusedAsBinanceDoes(string parameters, string refusal)
    {
        var narrow = refusal.EndsWith("PERCENT_PRICE_BY_SIDE", StringComparison.Ordinal);
        var market = await fixture.MarketAsync(m => m with { PriceFactor = narrow ? "2" : "0" });
        var customer = await fixture.CustomerAsync(market);
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);

        (await client.OrderAsync($"symbol={market.Id}&{parameters.TrimEnd('&')}")).ShouldBe(refusal);

        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(10_000, 0));
        var ledger = await customer.LedgerAsync();
        ledger.Orders.ShouldBeEmpty();
        ledger.Placings.ShouldHaveSingleItem().Executed.ShouldBe(false);
    }

    [Theory]
    [InlineData("symbol=NONE&side=BUY&type=MARKET&quantity=1", "-1121 Invalid symbol.")]
    [InlineData("symbol=OLDUSDT&side=BUY&type=MARKET&quantity=1", "-1013 Market is closed.")]
    [InlineData("symbol=ETHUSDT&side=BUY&type=MARKET&quantity=0.003", "-1013 Filter failure: MIN_NOTIONAL")]
    [InlineData("side=BUY&type=MARKET&quantity=1", "-1102 Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    public async Task BadMarket_IsRefused(string parameters, string refusal)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);

        (await client.OrderAsync(parameters)).ShouldBe(refusal);
    }

    [Fact]
    public async Task ClientIdWithOtherLetters_IsRefused()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);

        var answer = await customer.TryOrderAsync("market", "buy", "1", id: new string('a', 37));

        answer.Message.ShouldContain("-1100");
        (await customer.TryOrderAsync("market", "buy", "1", id: new string('a', 36))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task OpenOrders_AreAtMost200OnASymbol_AndFiveOfThemStops()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);
        var stop = $"symbol={market.Id}&side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.1&price=80&stopPrice=81";
        var limit = $"symbol={market.Id}&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.1&price=120";
        for (var i = 0; i < 5; i++)
        {
            (await client.OrderAsync(stop)).ShouldBeNull();
        }

        (await client.OrderAsync(stop)).ShouldBe("-2010 Filter failure: MAX_NUM_ALGO_ORDERS");
        for (var i = 5; i < 200; i++)
        {
            (await client.OrderAsync(limit)).ShouldBeNull();
        }

        (await client.OrderAsync(limit)).ShouldBe("-2010 Filter failure: MAX_NUM_ORDERS");
        (await client.OrderAsync($"symbol={market.Id}&side=SELL&type=MARKET&quantity=0.1")).ShouldBeNull();
    }

    [Theory]
    [InlineData("fetchOrder", "OrderNotFound", "-2013")]
    [InlineData("cancelOrder", "OrderNotFound", "-2011")]
    public async Task UnknownOrder_IsRefused(string method, string error, string code)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());

        var answer = await customer.TryAsync(method, null, customer.Symbol, new { clientOrderId = "never" });

        answer.Error.ShouldBe(error);
        answer.Message.ShouldContain(code);
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&startTime=1&endTime=86400002", -1127)]
    [InlineData("symbol=BTCUSDT&startTime=1&fromId=2", -1128)]
    [InlineData("symbol=BTCUSDT&startTime=2&endTime=1", -1130)]
    [InlineData("limit=2", -1102)]
    public async Task TradesOfAnImpossibleSelection_AreRefused(string parameters, int code)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);

        (await client.SendAsync(HttpMethod.Get, "/api/v3/myTrades", parameters)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task KeyWithoutTradingRight_ReadsAndDoesNotTrade()
    {
        var customer = await fixture.CustomerAsync(
            await fixture.MarketAsync(),
            new FakeKeyRights
            {
                SpotTrading = false,
                Withdrawals = true,
                IpRestrict = false,
            }
        );

        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);
        (await client.SendAsync(HttpMethod.Post, "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1")).Code.ShouldBe(-2015);
        await customer.CallAsync("fetchBalance");
        var rights = await customer.CallAsync("sapiGetAccountApiRestrictions");

        rights["enableSpotAndMarginTrading"]!.GetValue<bool>().ShouldBeFalse();
        rights["enableWithdrawals"]!.GetValue<bool>().ShouldBeTrue();
        rights["ipRestrict"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Key_CanLoseItsRights_AndBeRevoked_WhileAnotherOfTheAccountLives()
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        var second = await fixture.Exchange.CreateKeyAsync(customer.Key.Account);
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);
        using var other = new SignedClient(fixture.Exchange.Address, second);

        (await client.SendAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true")).Status.ShouldBe(200);
        await fixture.Exchange.SetRightsAsync(customer.Key, new FakeKeyRights { Reading = false });
        (await client.SendAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true")).Code.ShouldBe(-2015);
        await fixture.Exchange.SetRightsAsync(customer.Key, new FakeKeyRights());
        await fixture.Exchange.RevokeAsync(customer.Key);
        (await client.SendAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true")).Code.ShouldBe(-2015);
        (await other.SendAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ClockThatIsOff_RefusesUntilTheDifferenceIsKnown()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.CallAsync("loadMarkets");
        await fixture.Exchange.SetClockAsync(TimeSpan.FromSeconds(-3));
        try
        {
            var ahead = await customer.TryOrderAsync("market", "buy", "1", id: "clock");
            await customer.CallAsync("loadTimeDifference");
            customer.Options = new() { ["adjustForTimeDifference"] = true };
            var good = await customer.TryOrderAsync("market", "buy", "1", id: "clock");

            ahead.Error.ShouldBe("InvalidNonce");
            ahead.Message.ShouldContain("-1021");
            good.Error.ShouldBeNull();
            (await customer.LedgerAsync()).OfClientOrder("clock").Placings.Select(p => p.Executed).ShouldBe([false, true]);
        }
        finally
        {
            await fixture.Exchange.SetClockAsync(TimeSpan.Zero);
        }
    }
}
