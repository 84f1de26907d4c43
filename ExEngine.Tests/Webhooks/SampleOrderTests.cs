using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

public sealed class SampleOrderTests
{
    [Theory]
    [InlineData("BTC", "0.01", "0.00001", "10")]
    [InlineData("BTC", "0.05", "0.001", "100")]
    [InlineData("ETH", "10", "0.1", "5")]
    [InlineData("SHIB", "0.00000001", "1", "5")]
    public void Sample_PassesTheRulesOfItsMarket(string asset, string tick, string step, string minCost)
    {
        var market = new Market
        {
            Exchange = "paper",
            Symbol = $"{asset}/USDT",
            ExchangeSymbol = $"{asset}USDT",
            Base = asset,
            Quote = "USDT",
            PriceIncrements = Increments.Tick(decimal.Parse(tick, null)),
            QuantityIncrements = Increments.Tick(decimal.Parse(step, null)),
            MinQuantity = decimal.Parse(step, null),
            MinNotional = decimal.Parse(minCost, null),
        };

        var sample = SampleOrder.For(market)!;

        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Price = sample.Price,
            Quantity = sample.Quantity,
        };
        OrderValidator.Check(draft, market, null).Refusal.ShouldBeNull();
    }
}
