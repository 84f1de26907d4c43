using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Rules as they come from an exchange through real CCXT in a real gateway process.</summary>
[NeedsServer]
public sealed class GatewayRulesTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    [Theory]
    [InlineData("BTC/USDT", "0.01", "0.00001", "0.01", "1000000", "0.00001", "9000", "5", "9000000")]
    [InlineData("ETH/USDT", "0.05", "0.001", "0.05", "1000000", "0.001", "9000", "10", null)]
    [InlineData("QTR/USDT", "0.25", "1", "0.25", "1000000", "1", "9000", "5", "9000000")]
    [InlineData("SHIB/USDT", "0.00000001", "1", "0.00000001", "1", "1", "46116860414", "5", "9000000")]
    [InlineData("TEN/USDT", "10", "0.1", "10", "1000000", "0.1", "9000", "5", "9000000")]
    [InlineData(
        "PEPE/BTC",
        "0.000000000000000001",
        "0.000000000000000001",
        "0.000000000000000001",
        "1000000",
        "0.000000000000000001",
        "92233720368",
        "5",
        "9000000"
    )]
    [InlineData("NOMAX/USDT", "0.0001", "0.00000001", null, null, "0.00000001", "9000", "5", "9000000")]
    [InlineData("BTC/USDT:USDT", "0.1", "0.001", "0.1", "1000000", "0.001", "1000", "100", null)]
    [InlineData("1000PEPE/USDT:USDT", "0.0000001", "1", "0.0000001", "1000000", "1", "9000", "5", null)]
    public async Task OddRulesOfAnExchange_ArriveExact(
        string symbol,
        string tick,
        string step,
        string? minPrice,
        string? maxPrice,
        string minQuantity,
        string? maxQuantity,
        string minCost,
        string? maxCost
    )
    {
        var market = (await fixture.BinanceAsync()).Resolve(symbol).Market.ShouldNotBeNull();

        Text(market.PriceIncrements.Size).ShouldBe(tick);
        Text(market.QuantityIncrements.Size).ShouldBe(step);
        Text(market.MinPrice).ShouldBe(minPrice);
        Text(market.MaxPrice).ShouldBe(maxPrice);
        Text(market.MinQuantity).ShouldBe(minQuantity);
        Text(market.MaxQuantity).ShouldBe(maxQuantity);
        Text(market.MinNotional).ShouldBe(minCost);
        Text(market.MaxNotional).ShouldBe(maxCost);
        Text(market.MaxMarketQuantity).ShouldBe("120.5");
        market.PriceIncrements.Mode.ShouldBe(IncrementMode.Tick);
    }

    [Fact]
    public async Task ExchangeWithAllKinds_ListsEachMarketOnce()
    {
        var book = await fixture.BinanceAsync();

        book.Markets.Count.ShouldBe(FakeMarkets.Spot.Count + FakeMarkets.Perpetuals.Count);
        book.Stale.ShouldBeFalse();
        book.Resolve("OLDUSDT").Market!.Active.ShouldBeFalse();
        book.Resolve("BTCUSDT.P").Market!.Kind.ShouldBe("swap");
        book.Resolve("BINANCE:BTCUSDT").Market!.TakerFee.ShouldBe(0.001m);
    }

    [Fact]
    public async Task BaseUrl_TakesEveryCallOfTheExchange()
    {
        await fixture.BinanceAsync();

        (await fixture.Exchange.AskedAsync())
            .Distinct()
            .Order()
            .ShouldBe(["/api/v3/exchangeInfo", "/dapi/v1/exchangeInfo", "/fapi/v1/exchangeInfo"]);
    }

    private static string? Text(decimal? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
