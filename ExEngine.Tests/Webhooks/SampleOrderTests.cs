using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

public sealed class SampleOrderTests
{
    [Theory]
    [InlineData("BTC", "91234.567", "0.01", "0.00001", "10", "0.00014", "20")]
    [InlineData("BTC", "91234.567", "0.05", "0.001", "100", "0.002", "200")]
    [InlineData("ETH", "3150", "10", "0.1", "5", "0.2", "1000")]
    [InlineData("SHIB", "0.0000086", "0.00000001", "1", "5", "697675", "10")]
    public void Sample_IsTheMinimumOfItsMarketWithALittleRoom(
        string asset,
        string price,
        string tick,
        string step,
        string minCost,
        string quantity,
        string dollars
    )
    {
        var market = Spot(asset, "USDT", tick, step, decimal.Parse(minCost, null));

        var sample = SampleOrder.For(market, decimal.Parse(price, null))!;

        (sample.Quantity, sample.Dollars).ShouldBe((decimal.Parse(quantity, null), decimal.Parse(dollars, null)));
        OrderValidator.Check(MarketBuy(sample.Quantity), market, decimal.Parse(price, null) * 0.9m).Refusal.ShouldBeNull();
    }

    [Fact]
    public void SampleOfAMarketWithoutMinimum_IsOneStep() =>
        SampleOrder.For(Spot("ETH", "BTC", "0.00001", "0.0001", null) with { MinQuantity = null }, 0.034m)!.Quantity.ShouldBe(0.0001m);

    [Fact]
    public void SampleOfAMarketThatIsNotPaidInDollars_HasNoAmountForOtherCharts() =>
        SampleOrder.For(Spot("ETH", "BTC", "0.00001", "0.0001", 0.0001m), 0.034m)!.Dollars.ShouldBeNull();

    [Fact]
    public void MarketThatTakesNoOrders_HasNoSample() =>
        SampleOrder.For(Spot("BTC", "USDT", "0.01", "0.00001", 5) with { Active = false }, 90_000m).ShouldBeNull();

    private static Market Spot(string asset, string quote, string tick, string step, decimal? minCost) =>
        new()
        {
            Exchange = "paper",
            Symbol = $"{asset}/{quote}",
            ExchangeSymbol = $"{asset}{quote}",
            Base = asset,
            Quote = quote,
            PriceIncrements = Increments.Tick(decimal.Parse(tick, null)),
            QuantityIncrements = Increments.Tick(decimal.Parse(step, null)),
            MinQuantity = decimal.Parse(step, null),
            MinNotional = minCost,
        };

    private static OrderDraft MarketBuy(decimal quantity) =>
        new()
        {
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Quantity = quantity,
        };
}
