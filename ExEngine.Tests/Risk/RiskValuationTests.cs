using ExEngine.Core.Markets;
using ExEngine.Core.Risk;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Risk;

/// <summary>Figures in one currency, by prices that a test states.</summary>
public sealed class RiskValuationTests
{
    private static readonly MarketSet Markets = new(
        "binance",
        [
            MarketsOf.Spot("BTC", "USDT"),
            MarketsOf.Spot("ETH", "BTC"),
            MarketsOf.Spot("SOL", "EUR"),
            MarketsOf.Spot("EUR", "USDT"),
            MarketsOf.Spot("SHIB", "USDC"),
        ],
        new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        stale: false
    );
    private static readonly Dictionary<string, (decimal Last, TimeSpan Age)?> Prices = new()
    {
        ["BTC/USDT"] = (100_743.21m, TimeSpan.FromSeconds(3.9)),
        ["ETH/BTC"] = (0.03m, TimeSpan.FromSeconds(1)),
        ["SOL/EUR"] = (120m, TimeSpan.Zero),
        ["EUR/USDT"] = (1.17m, TimeSpan.FromSeconds(14)),
        ["SHIB/USDC"] = (0.00001m, TimeSpan.Zero),
    };

    [Fact]
    public void Exposure_IsWhatIsHeldAtMarketAndWhatIsBoughtAtItsOwnPrice()
    {
        var book = Book("USDT");

        RiskValuation
            .Exposure(
                [Held("ETH/BTC", 2m), Held("BTC/USDT", 0.5m), Held("SOL/EUR", 9m, isOpen: false)],
                [Buy("SOL/EUR", 10m, 100m), Buy("BTC/USDT", 0.1m, null)],
                book
            )
            .ShouldBe((2m * 0.03m * 100_743.21m) + (0.5m * 100_743.21m) + (10m * 100m * 1.17m) + (0.1m * 100_743.21m));
        book.Missing.ShouldBeNull();
        book.Used.Select(r => r.Text).ShouldBe(["1 BTC = 100,743 USDT, 3 s old", "1 EUR = 1.17 USDT, 14 s old"], ignoreOrder: true);
    }

    [Fact]
    public void Profits_OfSeveralQuotesAreOneSum()
    {
        var gain = Held("ETH/BTC", 10m) with { EntryCost = 0.2m, RealizedProfit = -0.05m };
        var loss = Held("SOL/EUR", 5m) with { EntryCost = 1000m, RealizedProfit = 7m };
        var closed = Held("BTC/USDT", 0.0001m, isOpen: false) with { EntryCost = 5m, RealizedProfit = 40m };

        RiskValuation.Unrealized([gain, loss, closed], Book("USDT")).ShouldBe((0.1m * 100_743.21m) + (-400m * 1.17m));
        RiskValuation.TotalProfit([gain, loss, closed], Book("USDT")).ShouldBe((0.05m * 100_743.21m) + (-393m * 1.17m) + 40m);
        RiskValuation
            .Realized([Realized("BTC", -0.01m), Realized("BTC", 0.004m), Realized("EUR", -100m), Realized("USDT", 20m)], Book("USDT"))
            .ShouldBe((-0.006m * 100_743.21m) - 117m + 20m);
    }

    [Fact]
    public void UnknownPrices_AreAllNamed_AndTheSumIsUnknown()
    {
        var book = new RateBook("EUR", _ => Markets, (_, _) => null);

        RiskValuation.Exposure([Held("ETH/BTC", 1m), Held("SOL/EUR", 1m)], [Buy("BTC/USDT", 1m, 90_000m)], book).ShouldBeNull();

        book.Missing!.Symbols.Select(s => s.Symbol).Order().ShouldBe(["BTC/USDT", "ETH/BTC", "EUR/USDT", "SOL/EUR"]);
        book.Missing.MayBeFetched.ShouldBeTrue();
    }

    [Fact]
    public void AssetWithoutAWay_IsNotWorthAsking()
    {
        var book = Book("XYZ");

        RiskValuation.Unrealized([Held("BTC/USDT", 1m)], book).ShouldBeNull();

        book.Missing!.Impossible.ShouldBe([("binance", "USDT")]);
        book.Missing.MayBeFetched.ShouldBeFalse();
    }

    [Fact]
    public void ExchangeWhoseMarketsAreUnknown_IsAskedForTheAsset()
    {
        var book = new RateBook("USDT", _ => null, (_, symbol) => Prices[symbol]);

        RiskValuation.Unrealized([Held("ETH/BTC", 1m)], book).ShouldBeNull();

        book.Missing!.Assets.ShouldBe([("binance", "BTC")]);
        book.Missing.MayBeFetched.ShouldBeTrue();
    }

    [Fact]
    public void WhatIsNothing_NeedsNoRate()
    {
        var book = new RateBook("USDT", _ => null, (_, _) => null);

        RiskValuation.Exposure([Held("ETH/BTC", 0m)], [], book).ShouldBe(0);
        RiskValuation.TotalProfit([Held("ETH/BTC", 0m, isOpen: false)], book).ShouldBe(0);
        RiskValuation.Realized([Realized("BTC", 1m), Realized("BTC", -1m)], book).ShouldBe(0);
        book.Missing.ShouldBeNull();
    }

    [Fact]
    public void QuoteWithoutARate_IsLeftOutOfWhatIsKnown()
    {
        var book = Book("USDT");

        RiskValuation.RealizedAsFarAsKnown([Realized("EUR", -10m), Realized("TRY", -1_000_000m)], book).ShouldBe(-11.7m);
        book.Missing!.Impossible.ShouldBe([("binance", "TRY")]);
    }

    [Fact]
    public void DollarWithoutAMarket_CountsAsOneAndSaysSo()
    {
        var book = Book("USDT");

        RiskValuation.Exposure([Held("SHIB/USDC", 1_000_000m)], [], book).ShouldBe(10m);
        book.Used.Select(r => r.Text).ShouldBe(["1 USDC counts as 1 USDT"]);
    }

    [Fact]
    public void Figures_AreTheSameInAnyCurrency_ButForItsRate()
    {
        var random = new Random(11);
        string[] symbols = ["BTC/USDT", "ETH/BTC", "SOL/EUR"];
        for (var round = 0; round < 200; round++)
        {
            HeldPosition[] positions =
            [
                .. Enumerable
                    .Range(0, random.Next(6))
                    .Select(_ =>
                        Held(symbols[random.Next(3)], random.Next(1, 1000) / 100m, random.Next(3) > 0) with
                        {
                            EntryCost = random.Next(2000),
                            RealizedProfit = random.Next(-500, 500),
                        }
                    ),
            ];
            var rate = Book("EUR").RateOf("binance", "USDT")!.Value;

            Near(RiskValuation.TotalProfit(positions, Book("EUR")), RiskValuation.TotalProfit(positions, Book("USDT")) * rate);
            Near(RiskValuation.Exposure(positions, [], Book("EUR")), RiskValuation.Exposure(positions, [], Book("USDT")) * rate);
            Near(
                RiskValuation.TotalProfit(positions, Book("USDT")),
                RiskValuation.Unrealized(positions, Book("USDT"))
                    + RiskValuation.Realized(positions.Select(p => Realized(p.Quote, p.RealizedProfit)), Book("USDT"))
            );
        }
    }

    private static void Near(decimal? one, decimal? other) =>
        Math.Abs(one!.Value - other!.Value).ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(one.Value), 1) * 0.000000000001m);

    private static RateBook Book(string currency) => new(currency, _ => Markets, (_, symbol) => Prices.GetValueOrDefault(symbol));

    private static HeldPosition Held(string symbol, decimal quantity, bool isOpen = true) =>
        new("binance", symbol, symbol.Split('/')[1], quantity, 0, 0, isOpen);

    private static OpenBuy Buy(string symbol, decimal quantity, decimal? price) =>
        new("binance", symbol, symbol.Split('/')[1], quantity, price);

    private static RealizedAmount Realized(string quote, decimal amount) => new("binance", quote, amount);
}
