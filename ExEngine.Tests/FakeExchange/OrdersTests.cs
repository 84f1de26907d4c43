using Shouldly;
using System.Text.Json.Nodes;
using Xunit;

namespace ExEngine.Tests.FakeExchange;

/// <summary>Real CCXT trades on the fake exchange.</summary>
public sealed class OrdersTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    private FakeExchangeProcess Exchange => fixture.Exchange;

    [Fact]
    public async Task MarketBuy_FillsAtOnce_WithItsFillsAndExactBalances()
    {
        var market = await fixture.MarketAsync();
        await using var customer = await fixture.CustomerAsync(market);

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
        await using var customer = await fixture.CustomerAsync(market);

        var order = await customer.OrderAsync("limit", "buy", "1.5", "99.5", id: "waits");
        Text(order, "status").ShouldBe("open");
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9850.75m, 149.25m));
        (await customer.Ccxt.CallAsync("fetchOpenOrders", customer.Symbol)).AsArray().Count.ShouldBe(1);

        await Exchange.SetPriceAsync(market.Id, 99.51m);
        Text(await customer.FindAsync("waits"), "status").ShouldBe("open");
        await Exchange.SetPriceAsync(market.Id, 99.4m);

        var found = await customer.FindAsync("waits");
        Text(found, "status").ShouldBe("closed");
        Number(found, "average").ShouldBe(99.5m);
        (await customer.BalancesAsync())["USDT"].ShouldBe(new FakeBalance(9850.75m, 0));
        (await customer.LedgerAsync()).Fills.ShouldHaveSingleItem().Maker.ShouldBe(true);
    }

    private static decimal Number(JsonNode order, string name) =>
        decimal.Parse(order[name]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonNode order, string name) => order[name]?.ToString();
}
