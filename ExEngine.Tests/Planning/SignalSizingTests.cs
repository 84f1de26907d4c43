using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Planning.Plans;

namespace ExEngine.Tests.Planning;

/// <summary>Equity 10,000 USDT, of which 4,000 are free; 0.1 BTC held; 50,000 USDT per BTC unless said otherwise.</summary>
public sealed class SignalSizingTests
{
    [Theory]
    [InlineData(SizeMode.Quote, "100", "0.002")]
    [InlineData(SizeMode.Quote, "60", "0.0012")]
    [InlineData(SizeMode.Quote, "60.49", "0.0012")]
    [InlineData(SizeMode.PercentOfEquity, "10", "0.02")]
    [InlineData(SizeMode.PercentOfEquity, "2.5", "0.005")]
    [InlineData(SizeMode.PercentOfAvailable, "50", "0.04")]
    [InlineData(SizeMode.PercentOfPosition, "25", "0.025")]
    [InlineData(SizeMode.PercentOfPosition, "33.333", "0.03333")]
    [InlineData(SizeMode.RiskAmount, "50", "0.05")]
    [InlineData(SizeMode.RiskPercent, "0.5", "0.05")]
    [InlineData(SizeMode.Base, "0.00123", "0.00123")]
    public void Size_ComesToItsQuantityRoundedDown(SizeMode mode, string value, string quantity) =>
        Placed(Sized(mode, value)).Draft.Quantity.ShouldBe(Number(quantity));

    [Theory]
    [InlineData(SizeMode.Quote, PlanNeed.Price)]
    [InlineData(SizeMode.PercentOfEquity, PlanNeed.Price | PlanNeed.Equity | PlanNeed.Balances)]
    [InlineData(SizeMode.PercentOfAvailable, PlanNeed.Price | PlanNeed.Balances)]
    [InlineData(SizeMode.RiskAmount, PlanNeed.Price)]
    [InlineData(SizeMode.RiskPercent, PlanNeed.Price | PlanNeed.Equity | PlanNeed.Balances)]
    public void Size_AsksForWhatItNeedsAtOnce(SizeMode mode, PlanNeed need) =>
        Needed(Sized(mode, "1") with { Price = null, Balances = null, Equity = null }).ShouldBe(need);

    [Fact]
    public void MarketOrderWithAQuantity_NeedsNothing()
    {
        var place = Placed(Of(Buy with { SignalPrice = 49_900m }));

        place.Draft.ShouldBe(
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Market,
                Quantity = 0.01m,
            }
        );
        (place.Leg, place.Draft.ReduceOnly, place.ReferencePrice, place.Rounded.Count).ShouldBe(("enter", false, 49_900m, 0));
    }

    [Fact]
    public void LimitOrderOverACost_NeedsNoPrice()
    {
        var draft = new SignalDraft
        {
            Action = SignalAction.Buy,
            OrderType = OrderType.Limit,
            Price = 40_000.01m,
            Cost = 100m,
        };

        Placed(Of(draft))
            .Draft.ShouldBe(
                new OrderDraft
                {
                    Side = OrderSide.Buy,
                    Type = OrderType.Limit,
                    Price = 40_000.01m,
                    Quantity = 0.00249m,
                }
            );
    }

    [Fact]
    public void MarketBuy_CountsWithTheAskAndASellWithTheBid()
    {
        var price = new Ticker("BTC/USDT", 50_000m, 40_000m, 60_000m, At50000.At);

        Placed(Of(new SignalDraft { Action = SignalAction.Buy, Cost = 600m }) with { Price = price })
            .ShouldSatisfyAllConditions(p => p.Draft.Quantity.ShouldBe(0.01m), p => p.ReferencePrice.ShouldBe(60_000m));
        Placed(Of(new SignalDraft { Action = SignalAction.Sell, Cost = 600m }, held: 1m) with { Price = price })
            .ShouldSatisfyAllConditions(p => p.Draft.Quantity.ShouldBe(0.015m), p => p.ReferencePrice.ShouldBe(40_000m));
    }

    [Fact]
    public void AllThatIsAvailable_LeavesTheFeeAndWhatThePriceMayMove()
    {
        var context = Sized(SizeMode.PercentOfAvailable, "100");

        // 4,000 / 1.001 / 1.002 / 50,000 = 0.07976…
        Placed(context with { Market = context.Market with { TakerFee = 0.001m } }).Draft.Quantity.ShouldBe(0.07976m);
        Placed(context).Draft.Quantity.ShouldBe(0.07984m);
    }

    [Fact]
    public void MoreThanIsFree_IsRefusedWithItsNumbers()
    {
        var refusal = Refused(Sized(SizeMode.PercentOfEquity, "50"));

        (refusal.Code, refusal.Asked, refusal.Limit).ShouldBe((PlanCodes.InsufficientFunds, "0.1", "4000"));
        refusal.Message.ShouldBe("The order costs 5000 USDT, and 4000 are free; ask for less or add funds.");
    }

    [Theory]
    [InlineData(null, null, "49000", "0.05")]
    [InlineData("2", null, null, "0.05")]
    [InlineData(null, "500", null, "0.1")]
    [InlineData(null, "333.33", null, "0.15")]
    public void Risk_IsDividedByTheDistanceOfTheStop(string? percent, string? amount, string? price, string quantity)
    {
        var stop = new StopLoss
        {
            Percent = Maybe(percent),
            Amount = Maybe(amount),
            StopPrice = Maybe(price),
        };
        var draft = new SignalDraft
        {
            Action = SignalAction.Buy,
            Size = new SignalSize(SizeMode.RiskAmount, 50m),
            StopLoss = stop,
        };

        Placed(Of(draft) with { Price = At50000 }).Draft.Quantity.ShouldBe(Number(quantity));
    }

    [Fact]
    public void RiskWithATrailingStop_IsDividedByItsTrail()
    {
        var draft = new SignalDraft
        {
            Action = SignalAction.Buy,
            Size = new SignalSize(SizeMode.RiskAmount, 50m),
            StopLoss = new StopLoss { OrderType = OrderType.TrailingStop, TrailPercent = 1m },
        };

        Placed(Of(draft) with { Price = At50000 }).Draft.Quantity.ShouldBe(0.1m);
    }

    [Fact]
    public void RiskWithoutAStop_IsRefused() =>
        Refused(
            Sized(SizeMode.RiskAmount, "50") with
            {
                Draft = new SignalDraft { Action = SignalAction.Buy, Size = new SignalSize(SizeMode.RiskAmount, 50m) },
            }
        )
            .Code.ShouldBe(PlanCodes.StopRequired);

    [Theory]
    [InlineData(SizeMode.RiskAmount)]
    [InlineData(SizeMode.Base)]
    public void StopAtOrAboveTheEntry_IsRefused(SizeMode mode)
    {
        var refusal = Refused(
            Sized(mode, "1") with
            {
                Draft = new SignalDraft
                {
                    Action = SignalAction.Buy,
                    Size = new SignalSize(mode, 1m),
                    StopLoss = new StopLoss { StopPrice = 50_000m },
                },
            }
        );

        (refusal.Code, refusal.Asked, refusal.Limit).ShouldBe((PlanCodes.StopNotBelowEntry, "50000", "50000"));
    }

    [Fact]
    public void RiskThatIsBelowTheMinimum_IsRefusedAndNeverRoundedUp() =>
        Refused(Sized(SizeMode.RiskAmount, "0.05")).Code.ShouldBe(RefusalCodes.CostTooLow);

    [Fact]
    public void ShareOfAPositionThatIsNotThere_IsRefused() =>
        Refused(Sized(SizeMode.PercentOfPosition, "50") with { Position = null }).Code.ShouldBe(PlanCodes.NoPosition);

    [Fact]
    public void ProductOfQuotientAndPrice_NeverCostsMoreThanWasAsked()
    {
        // 1 / 3 rounded in the 28th digit times 3 is not above 1, but a step that divides nothing must not round up to it.
        var market = Of(Buy).Market with
        {
            QuantityIncrements = Increments.Any,
            PriceIncrements = Increments.Any,
            MinNotional = null,
            MinQuantity = null,
            MaxQuantity = null,
            MinPrice = null,
        };
        foreach (var (cost, price) in new[] { (2m, 3m), (1m, 7m), (100m, 49_999.99m), (0.1m, 0.3m), (5m, 0.00000007m) })
        {
            var place = Placed(
                Of(
                    new SignalDraft
                    {
                        Action = SignalAction.Buy,
                        OrderType = OrderType.Limit,
                        Price = price,
                        Cost = cost,
                    }
                ) with
                {
                    Market = market,
                }
            );
            (Rational.Of(place.Draft.Quantity!.Value) * Rational.Of(price) <= Rational.Of(cost)).ShouldBeTrue(
                $"{cost} at {price} gave {place.Draft.Quantity}"
            );
        }
    }

    [Fact]
    public void NumbersThatNoDecimalHolds_AreRefusedNotThrown() =>
        Refused(
            Of(
                new SignalDraft
                {
                    Action = SignalAction.Buy,
                    OrderType = OrderType.Limit,
                    Price = 0.01m,
                    Cost = decimal.MaxValue,
                }
            )
        )
            .Code.ShouldBe(RefusalCodes.QuantityTooHigh);

    private static PlanContext Sized(SizeMode mode, string value) =>
        Of(
            new SignalDraft
            {
                Action = SignalAction.Buy,
                Size = new SignalSize(mode, Number(value)),
                StopLoss = new StopLoss { StopPrice = 49_000m },
            },
            held: 0.1m
        ) with
        {
            Price = At50000,
            Equity = 10_000m,
            Balances = [new AssetBalance("USDT", 4_000m, 1_000m), new AssetBalance("BTC", 0.1m, 0)],
        };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Maybe(string? text) => text is null ? null : Number(text);
}
