using ExEngine.Core.Markets;
using ExEngine.Core.Risk;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Risk;

public sealed class RatePathTests
{
    private static readonly MarketSet Markets = new(
        "binance",
        [
            MarketsOf.Spot("BTC", "USDT"),
            MarketsOf.Spot("ETH", "USDT"),
            MarketsOf.Spot("ETH", "BTC"),
            MarketsOf.Spot("BTC", "EUR"),
            MarketsOf.Spot("EUR", "USDT"),
            MarketsOf.Spot("SHIB", "DOGE"),
            MarketsOf.Spot("DOGE", "BTC"),
            MarketsOf.Spot("XRP", "ETH"),
            MarketsOf.Spot("XRP", "BTC") with
            {
                Active = false,
            },
            MarketsOf.Swap("LTC", "USDT"),
            MarketsOf.Spot("FDUSD", "TRY"),
        ],
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        stale: false
    );

    // A step that divides is written with a stroke in front.
    [Theory]
    [InlineData("USDT", "USDT", "same")]
    [InlineData("NOPE", "NOPE", "same")]
    [InlineData("BTC", "USDT", "BTC/USDT")]
    [InlineData("USDT", "BTC", "1:BTC/USDT")]
    [InlineData("EUR", "BTC", "1:BTC/EUR")]
    [InlineData("DOGE", "USDT", "DOGE/BTC BTC/USDT")]
    [InlineData("DOGE", "EUR", "DOGE/BTC BTC/EUR")]
    [InlineData("USDT", "DOGE", "1:BTC/USDT 1:DOGE/BTC")]
    [InlineData("ETH", "EUR", "ETH/USDT 1:EUR/USDT")] // USDT comes before BTC
    [InlineData("XRP", "USDT", "XRP/ETH ETH/USDT")] // the market over BTC is closed
    [InlineData("SHIB", "USDT", null)] // three steps
    [InlineData("LTC", "USDT", null)] // a perpetual is no market to convert at
    [InlineData("USDC", "USDT", "assumed")]
    [InlineData("FDUSD", "USD", "assumed")]
    [InlineData("USDC", "EUR", null)]
    [InlineData("BTC", "XYZ", null)]
    public void Path_IsTheShortestWayAmongOpenSpotMarkets(string asset, string currency, string? expected) =>
        Text(RatePath.Find(Markets, asset, currency)).ShouldBe(expected);

    [Fact]
    public void ThereAndBack_IsTheSame_WhateverTheWay()
    {
        string[] assets = ["USDT", "BTC", "ETH", "EUR", "DOGE", "XRP"];
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var prices = Markets.Markets.ToDictionary(m => m.Symbol, _ => (decimal)(random.NextDouble() * 1000) + 0.0001m);
            foreach (var (from, to) in assets.SelectMany(a => assets.Select(b => (a, b))))
            {
                if (RatePath.Find(Markets, from, to) is { } there && RatePath.Find(Markets, to, from) is { } back)
                {
                    var value = Rate(there, prices) * Rate(back, prices);
                    Math.Abs(value - 1).ShouldBeLessThan(0.000000001m, $"{from} {to}");
                }
            }
        }
    }

    private static decimal Rate(RatePath path, Dictionary<string, decimal> prices) =>
        path.Steps.Aggregate(1m, (rate, step) => rate * step.Rate(prices[step.Symbol]));

    private static string? Text(RatePath? path) =>
        path is null ? null
        : path.IsAssumed ? "assumed"
        : path.Steps.Count == 0 ? "same"
        : string.Join(' ', path.Steps.Select(s => (s.IsInverse ? "1:" : "") + s.Symbol));
}
