using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Tests.Webhooks.Payloads;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Planning;

public sealed class UsdSizeRuleTests
{
    private static readonly SignalDraft Draft = GoldenDraft
        .Read("""{"ticker":"ETHBTC","action":"buy","quantity":"100","quantityType":"dollar_amount"}""")
        .Draft!;

    private static Market Quoted(string quote) =>
        new()
        {
            Exchange = "paper",
            Symbol = $"ETH/{quote}",
            ExchangeSymbol = $"ETH{quote}",
            Base = "ETH",
            Quote = quote,
        };

    [Theory]
    [InlineData("USDT")]
    [InlineData("USDC")]
    [InlineData("USD")]
    public void QuoteThatIsADollar_TakesIt(string quote) => UsdSizeRule.Refusal(Draft, Quoted(quote)).ShouldBeNull();

    [Fact]
    public void QuoteThatIsNone_RefusesIt()
    {
        var refusal = UsdSizeRule.Refusal(Draft, Quoted("BTC")).ShouldNotBeNull();

        (refusal.Code, refusal.Field, refusal.Asked, refusal.Limit).ShouldBe((RefusalCodes.CurrencyMismatch, "cost", "100 USD", "BTC"));
    }

    [Fact]
    public void SizeInQuote_IsNobodysDollars() => UsdSizeRule.Refusal(Draft with { SizeInDollars = false }, Quoted("BTC")).ShouldBeNull();
}
