using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

public sealed class MarketSetTests
{
    private static readonly MarketSet Book = Of(
        MarketsOf.Spot("BTC", "USDT"),
        MarketsOf.Swap("BTC", "USDT"),
        MarketsOf.Swap("BTC", "USD", "BTC"),
        MarketsOf.Spot("ETH", "USDT"),
        MarketsOf.Spot("ETH", "BTC"),
        MarketsOf.Swap("1000PEPE", "USDT"),
        MarketsOf.Spot("USDT", "TRY"),
        MarketsOf.BtcUsdt with
        {
            Symbol = "BTC/USDT:USDT-261225",
            ExchangeSymbol = "BTCUSDT_261225",
            Kind = "future",
        }
    );

    [Theory]
    [InlineData("BTC/USDT", "BTC/USDT")]
    [InlineData("BTCUSDT", "BTC/USDT")]
    [InlineData("btcusdt", "BTC/USDT")]
    [InlineData("BTC-USDT", "BTC/USDT")]
    [InlineData("btc_usdt", "BTC/USDT")]
    [InlineData("  Btc / Usdt ", "BTC/USDT")]
    [InlineData("BINANCE:BTCUSDT", "BTC/USDT")]
    [InlineData("binance:btc-usdt", "BTC/USDT")]
    [InlineData("BTCUSDT.P", "BTC/USDT:USDT")]
    [InlineData("BINANCE:BTCUSDT.p", "BTC/USDT:USDT")]
    [InlineData("BTC/USDT:USDT", "BTC/USDT:USDT")]
    [InlineData("btc/usdt:usdt", "BTC/USDT:USDT")]
    [InlineData("BTCUSD", "BTC/USD:BTC")]
    [InlineData("BTC/USD.P", "BTC/USD:BTC")]
    [InlineData("1000pepe/usdt", "1000PEPE/USDT:USDT")]
    [InlineData("BTC/USDT:USDT-261225", "BTC/USDT:USDT-261225")]
    [InlineData("BTCUSDT_261225", "BTC/USDT:USDT-261225")]
    public void WayOfWriting_LeadsToItsMarket(string text, string symbol)
    {
        var match = Book.Resolve(text);

        match.Refusal.ShouldBeNull();
        match.Market!.Symbol.ShouldBe(symbol);
    }

    [Theory]
    [InlineData("ETHUSDT.P")]
    [InlineData("DOGEUSDT")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData(".P")]
    [InlineData("BINANCE:")]
    [InlineData("BTC/USDT/USDT")]
    public void UnknownSymbol_IsRefused(string text)
    {
        var match = Book.Resolve(text);

        match.Market.ShouldBeNull();
        match.Refusal!.Code.ShouldBe(RefusalCodes.SymbolUnknown);
        match.Refusal.Field.ShouldBe("symbol");
    }

    [Theory]
    [InlineData("BTCUSTD", "BTC/USDT")]
    [InlineData("BTC", "BTC/USDT")]
    [InlineData("BTCUS", "BTC/USDT")]
    [InlineData("BINANCE:ETHUSDC", "ETH/USDT")]
    [InlineData("PEPEUSDT", "1000PEPE/USDT:USDT")]
    public void MisspeltSymbol_IsRefusedWithNearMatches(string text, string near) =>
        Book.Resolve(text).Refusal!.Nearest.ShouldContain(near);

    // A set like Binance's spot markets, a few without the dollar, and Kraken's.
    [Theory]
    [InlineData("BTCUSD", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("BTCUSDTPERP", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("BTCUSDT_PERP", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("BTCUSDT.P", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("XBTUSD", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("XXBTZUSD", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("BTC", "BTC/USDT, BTC/USDC, BTC/EUR, BTC/FDUSD, BTC/TRY")]
    [InlineData("ETHBTCC", "ETH/BTC, ETH/USDT")]
    public void SymbolThatIsNotThere_LeadsToItsBaseByTheUsualQuotes(string text, string near)
    {
        var spot = Of([
            .. "ARS AEUR EUR FDUSD TRY USDC USDT".Split(' ').Select(quote => MarketsOf.Spot("BTC", quote)),
            MarketsOf.Spot("ETH", "BTC"),
            MarketsOf.Spot("ETH", "USDT"),
            MarketsOf.Spot("BTCST", "USDT"),
        ]);

        string.Join(", ", spot.Resolve(text).Refusal!.Nearest.Take(near.Split(", ").Length)).ShouldBe(near);
    }

    [Theory]
    [InlineData("XBTUSD", "BTC/USD")]
    [InlineData("XBT/USD", "BTC/USD")]
    [InlineData("KRAKEN:XBTUSD", "BTC/USD")]
    [InlineData("XXBTZUSD", "BTC/USD")]
    [InlineData("XDGUSD", "DOGE/USD")]
    [InlineData("BTCUSDTPERP", "BTC/USDT:USDT")]
    [InlineData("BTCUSDT_PERP", "BTC/USDT:USDT")]
    [InlineData("BTC-USDT-PERP", "BTC/USDT:USDT")]
    public void OtherNames_LeadToTheMarket(string text, string symbol) =>
        Of(
                MarketsOf.Spot("BTC", "USD") with
                {
                    ExchangeSymbol = "XXBTZUSD",
                },
                MarketsOf.Spot("DOGE", "USD"),
                MarketsOf.Spot("BTC", "USDT"),
                MarketsOf.Swap("BTC", "USDT")
            )
            .Resolve(text)
            .Market!.Symbol.ShouldBe(symbol);

    [Fact]
    public void SymbolThatMeansTwo_IsRefusedWithBoth()
    {
        var refusal = Of(MarketsOf.Spot("AB", "CUSDT"), MarketsOf.Spot("ABC", "USDT")).Resolve("ABCUSDT").Refusal!;

        refusal.Code.ShouldBe(RefusalCodes.SymbolAmbiguous);
        refusal.Nearest.ShouldBe(["AB/CUSDT", "ABC/USDT"]);
    }

    [Fact]
    public void TwoPerpetualsOfOneName_TheOneSettledInItsQuoteIsMeant() =>
        Of(MarketsOf.Swap("BTC", "USD", "BTC"), MarketsOf.Swap("BTC", "USD")).Resolve("BTCUSD.P").Market!.Symbol.ShouldBe("BTC/USD:USD");

    [Fact]
    public void ClosedSpotBesideOpenPerpetual_NeverBecomesThePerpetual()
    {
        var marketSet = Of(MarketsOf.Spot("BTC", "USDT") with { Active = false }, MarketsOf.Swap("BTC", "USDT"));

        marketSet.Resolve("BTCUSDT").Market!.Symbol.ShouldBe("BTC/USDT");
    }

    [Fact]
    public void VeryLongSymbol_IsRefusedAndShownShort()
    {
        var refusal = Book.Resolve(new string('X', 60_000)).Refusal!;

        refusal.Asked!.Length.ShouldBeLessThan(80);
        refusal.Nearest.ShouldBeEmpty();
    }

    [Fact]
    public void StaleBook_KeepsItsRules()
    {
        var stale = Book.AsStale();

        stale.Stale.ShouldBeTrue();
        stale.FetchedAt.ShouldBe(Book.FetchedAt);
        stale.Resolve("BTCUSDT").Market.ShouldBe(Book.Resolve("BTCUSDT").Market);
    }

    [Fact]
    public void KindMissing_KeepsItsOlderRulesAndNoOthers()
    {
        var now = Book.FetchedAt.AddHours(1);
        var answer = new MarketSet("binance", [MarketsOf.BtcUsdt], now, false) { Missing = ["swap"] };

        var marketSet = answer.CompletedBy(Book);

        marketSet.Resolve("BTCUSDT.P").Market.ShouldBe(Book.Resolve("BTCUSDT.P").Market);
        marketSet.Resolve("ETHUSDT").Market.ShouldBeNull("spot was answered without it");
        marketSet.Resolve("BTCUSDT_261225").Market.ShouldBeNull("futures were answered without it");
        (marketSet.Stale, marketSet.FetchedAt).ShouldBe((true, now));
        marketSet.AsStale().Missing.ShouldBe(["swap"]);
    }

    [Fact]
    public void KindClosedByTheExchange_IsGone()
    {
        var answer = new MarketSet("binance", [MarketsOf.BtcUsdt], Book.FetchedAt.AddHours(1), false);

        answer.CompletedBy(Book).ShouldBeSameAs(answer);
    }

    private static MarketSet Of(params Market[] markets) => new("binance", markets, DateTime.UnixEpoch, false);
}
