using System.Text.RegularExpressions;
using ExEngine.Tests.FakeExchange.Trading;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>The sandbox that README offers.</summary>
[NeedsServer]
public sealed partial class SandboxTests
{
    [Fact]
    public async Task Sandbox_SaysItsKey_TradesForIt_AndItsPricesMove()
    {
        await using var exchange = await FakeExchangeProcess.StartAsync("--sandbox");
        await Until.True(() => Said().IsMatch(exchange.Log));
        var said = Said().Match(exchange.Log);
        said.Groups[3].Value.ShouldBe(exchange.Address);
        var key = new FakeKey(said.Groups[1].Value, said.Groups[2].Value, "sandbox");
        await using var ccxt = CcxtDriver.Start(exchange.Address);

        var order = (await ccxt.CallAsync(key, "createOrder", ["BTC/USDT", "market", "buy", "0.01"])).Good;
        var candles = (await ccxt.CallAsync(key, "fetchOHLCV", ["BTC/USDT", "1h"])).Good.AsArray();
        var before = await PriceAsync();

        order["status"]!.ToString().ShouldBe("closed");
        candles.Count.ShouldBeGreaterThanOrEqualTo(24);
        await Until.True(async () => await PriceAsync() != before);

        async Task<string> PriceAsync() => (await ccxt.CallAsync(key, "fetchTicker", ["BTC/USDT"])).Good["last"]!.ToString();
    }

    [Fact]
    public void SameSeed_WalksTheSameWay()
    {
        var market = FakeMarkets.Spot[0];

        var (one, two, other) = (Walk(5), Walk(5), Walk(6));

        one.ShouldBe(two);
        one.ShouldNotBe(other);
        one.Distinct().Count().ShouldBeGreaterThan(50);
        one.ShouldAllBe(p => p > 0 && p % 0.01m == 0);

        List<decimal> Walk(int seed)
        {
            var (random, price, prices) = (new Random(seed), market.StartPrice, new List<decimal>());
            for (var i = 0; i < 100; i++)
            {
                prices.Add(price = PriceWalks.Next(price, 0.01m, new FakeWalk(), random));
            }

            return prices;
        }
    }

    [GeneratedRegex(@"API key\s+(\w+)\s+Secret\s+(\w+)[\s\S]*Exchanges__binance__BaseUrl=(\S+)")]
    private static partial Regex Said();
}
