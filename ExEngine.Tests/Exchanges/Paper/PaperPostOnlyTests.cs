using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

public sealed class PaperPostOnlyTests
{
    private static readonly PaperQuote Quote = new(100m, 99.5m, 100.5m);

    private static readonly Market Market = new()
    {
        Exchange = ExchangeInfo.Paper,
        Symbol = "T/USDT",
        ExchangeSymbol = "TUSDT",
        Base = "T",
        Quote = "USDT",
        PriceIncrements = Increments.Tick(0.01m),
        QuantityIncrements = Increments.Tick(0.01m),
    };

    [Theory]
    [InlineData(OrderSide.Buy, 100.49, true)]
    [InlineData(OrderSide.Buy, 100.5, false)]
    [InlineData(OrderSide.Sell, 99.51, true)]
    [InlineData(OrderSide.Sell, 99.5, false)]
    public void PostOnly_RestsWhereItDoesNotTake(OrderSide side, double price, bool rests)
    {
        var draft = (side == OrderSide.Buy ? Drafts.Buy(1m, (decimal)price) : Drafts.Sell(1m, (decimal)price)) with { PostOnly = true };
        var validated = OrderValidator.Check(draft, Market, 100m).Order.ShouldNotBeNull();

        var (order, fault) = PaperOrders.Of(validated, Market, Quote, "id", default);

        (order is not null).ShouldBe(rests);
        if (!rests)
        {
            (fault!.Kind, fault.Code).ShouldBe((FaultKind.WouldTake, FaultCodes.WouldTake));
            fault.Message.ShouldContain("bid 99.5, ask 100.5");
        }
    }

    [Fact]
    public void WithoutIt_ALimitTakes() =>
        PaperOrders
            .Of(OrderValidator.Check(Drafts.Buy(1m, 101m), Market, 100m).Order!, Market, Quote, "id", default)
            .Order.ShouldNotBeNull();
}
