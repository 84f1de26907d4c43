using ExEngine.Core.Exchanges.Paper;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

public sealed class SimulatedPricesTests
{
    private static readonly DateTime Start = new(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc);
    private readonly SimulatedPrices _prices = new(2026);

    public static TheoryData<string> Symbols => [.. PaperMarkets.All.Select(m => m.Symbol)];

    [Theory, MemberData(nameof(Symbols))]
    public void EveryMarket_HasAPriceOnItsTickThatKeepsToItsLimits(string symbol)
    {
        var market = PaperMarkets.All.Single(m => m.Symbol == symbol);
        for (var day = 0; day < 400; day++)
        {
            var ticker = _prices.At(symbol, Start.AddDays(day).AddMinutes(7 * day))!;

            market.PriceIncrements.Contains(ticker.Last).ShouldBeTrue();
            ticker.Last.ShouldBeInRange(market.MinPrice!.Value, market.MaxPrice!.Value);
            ticker.Bid.ShouldBe(ticker.Last);
            (ticker.Ask - ticker.Bid).ShouldBe(market.PriceIncrements.Size);
        }
    }

    [Fact]
    public void SameSeed_ShowsTheSamePricesAnywhere_AndAnotherSeedOthers()
    {
        var at = Start.AddHours(13).AddMilliseconds(777);

        new SimulatedPrices(2026).At("BTC/USDT", at).ShouldBe(_prices.At("BTC/USDT", at));
        new SimulatedPrices(7).At("BTC/USDT", at)!.Last.ShouldNotBe(_prices.At("BTC/USDT", at)!.Last);
        _prices.At("BTC/USDT", Start)!.Last.ShouldBe(104026.17m);
        _prices.At("ETH/USDT", Start)!.Last.ShouldBe(3843.07m);
    }

    [Fact]
    public void Price_MovesSeveralTimesPerSecondAndNeverJumps()
    {
        var path = _prices.Path("BTC/USDT", Start, Start.AddMinutes(5), int.MaxValue).Select(t => t.Last).ToList();

        path.Count.ShouldBe(1200);
        path.Zip(path.Skip(1)).Count(p => p.First != p.Second).ShouldBeGreaterThan(1000);
        path.Zip(path.Skip(1)).Max(p => Math.Abs(p.Second - p.First) / p.First).ShouldBeLessThan(0.001m);
        ((path.Max() - path.Min()) / path[0]).ShouldBeInRange(0.0005m, 0.05m);
    }

    [Fact]
    public void LongPath_IsSampledAndEndsAtItsEnd()
    {
        var path = _prices.Path("SOL/USDT", Start, Start.AddDays(30), 500).ToList();

        path.Count.ShouldBe(500);
        path[^1].ShouldBe(_prices.At("SOL/USDT", Start.AddDays(30)));
        path.Select(t => t.At).ShouldBeInOrder();
        path.ShouldAllBe(t => t == _prices.At("SOL/USDT", t.At));
    }

    [Fact]
    public void UnknownSymbol_HasNoPrice() => _prices.At("NOPE/USDT", Start).ShouldBeNull();
}
