using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Protection;
using ExEngine.Tests.Positions;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Planning.Plans;

namespace ExEngine.Tests.Planning;

/// <summary>What is sold, how much of it, and what is cancelled before.</summary>
public sealed class ExitPlannerTests
{
    [Fact]
    public void ShortSignal_SellsWhatIsHeldAndSaysThatNothingIsBorrowed()
    {
        var place = Placed(Of(Sell with { Sentiment = Sentiment.Short, Quantity = 0.2m }, held: 0.1m));

        place.Draft.ShouldBe(
            new OrderDraft
            {
                Side = OrderSide.Sell,
                Type = OrderType.Market,
                Quantity = 0.1m,
                ReduceOnly = true,
            }
        );
        (place.Leg, place.Draft.ReduceOnly).ShouldBe(("exit", true));
        place.Note!.ShouldContain("nothing is borrowed");
        Note(Of(Sell with { Sentiment = Sentiment.Short, Quantity = 0.2m }))!.ShouldContain("Nothing of BTC is held");
    }

    [Fact]
    public void MoreThanOneOrderMaySell_IsSoldInEqualParts()
    {
        var context = Of(Exit, held: 1m);
        context = context with { Market = context.Market with { MaxQuantity = 0.4m } };
        Placed(context).Draft.Quantity.ShouldBe(0.33334m);

        var first = Leg("exit", OrderStatus.Filled, 0.33334m);
        var next = Placed(context with { OwnOrders = [first], Position = Holding(Fills.Buy(1, 0.66666m, 50_000m)) });
        (next.Leg, next.Draft.Quantity, next.Effect).ShouldBe(("exit.2", 0.33333m, Effect.Reduce));
    }

    [Fact]
    public void ExitThatIsRefused_IsFollowedInGrowingPauses()
    {
        var context = Of(Exit, held: 1m) with { Balances = [new AssetBalance("BTC", 1m, 0)] };
        var refused = Leg("exit", OrderStatus.Rejected, 1m, filled: 0);
        (refused.Code, refused.Reason, refused.FinishedAt) = ("-2010", "Insufficient balance.", context.Now);

        SignalPlanner
            .Next(context with { OwnOrders = [refused], Now = context.Now.AddSeconds(4) })
            .ShouldBe(new PlanStep.Wait("Insufficient balance.", Code: "-2010"));
        Placed(context with { OwnOrders = [refused], Now = context.Now.AddSeconds(5) }).Leg.ShouldBe("exit.2");
        var again = Leg("exit.2", OrderStatus.Rejected, 1m, filled: 0);
        again.FinishedAt = context.Now.AddSeconds(6);
        SignalPlanner.Next(context with { OwnOrders = [refused, again], Now = context.Now.AddSeconds(15) }).ShouldBeOfType<PlanStep.Wait>();
        Placed(context with { OwnOrders = [refused, again], Now = context.Now.AddSeconds(16) }).Leg.ShouldBe("exit.3");
    }

    [Fact]
    public void ExitWithoutBuyersAtMarket_GoesOnForTheRest()
    {
        var part = Leg("exit", OrderStatus.Expired, 1m, filled: 0.4m);

        var next = Placed(Of(Exit, held: 0.6m) with { OwnOrders = [part] });

        (next.Leg, next.Draft.Quantity).ShouldBe(("exit.2", 0.6m));
    }

    [Fact]
    public void ExitThatSomebodyCancelled_IsNotFollowed()
    {
        var canceled = Leg("exit", OrderStatus.Canceled, 1m, filled: 0);
        canceled.CancelRequestedAt = Fills.Start;

        SignalPlanner.Next(Of(Exit, held: 1m) with { OwnOrders = [canceled] }).ShouldBeOfType<PlanStep.Done>();
    }

    [Theory]
    [InlineData(OrderStatus.Submitting)]
    [InlineData(OrderStatus.Unknown)]
    public void ExitUnderWay_IsWaitedForAndHoldsItsCoins(OrderStatus status)
    {
        var own = Leg("exit", status, 1m, filled: 0);

        SignalPlanner
            .Next(Of(Exit, held: 1m) with { OwnOrders = [own], OpenOrders = [own] })
            .ShouldBeOfType<PlanStep.Wait>()
            .HoldsCoins.ShouldBeTrue();
    }

    [Fact]
    public void PartThatIsSold_IsNotSoldAgain()
    {
        var half = Exit with { Size = new SignalSize(SizeMode.PercentOfPosition, 50) };
        var sold = Leg("exit", OrderStatus.Filled, 0.5m);

        SignalPlanner.Next(Of(half, held: 0.5m) with { OwnOrders = [sold] }).ShouldBeOfType<PlanStep.Done>();
        var money = Sell with { Cost = 25_000m };
        SignalPlanner
            .Next(Of(money, held: 0.5m) with { OwnOrders = [sold], Price = At50000 with { Last = 40_000m } })
            .ShouldBeOfType<PlanStep.Done>("A size in money is not measured again at another price.");
    }

    private static Order Leg(string leg, OrderStatus status, decimal quantity, decimal? filled = null)
    {
        var order = Order(OrderOrigin.Signal, OrderSide.Sell, quantity, status, leg, SignalId);
        (order.Type, order.FilledQuantity, order.BookedQuantity) = (OrderType.Market, filled ?? quantity, filled ?? quantity);
        return order;
    }

    [Fact]
    public void SellWithoutASize_ClosesAllWhateverTheDefaultSizeIs()
    {
        Placed(Of(Sell, held: 0.1m)).Draft.Quantity.ShouldBe(0.1m);
        Placed(Of(Sell with { Cost = 50m, SizeIsDefault = true }, held: 0.1m)).Draft.Quantity.ShouldBe(0.1m);
    }

    [Fact]
    public void ExitAfterAFeeInBase_SellsWhatIsLeftOnTheStepAndNamesTheDust()
    {
        var context = Of(Exit) with { Position = Holding(Fills.Buy(1, 0.1m, 50_000m, 0.0000753m, "BTC")) };

        var place = Placed(context);

        place.Draft.Quantity.ShouldBe(0.09992m);
        place.Note.ShouldBe("0.0000047 BTC are too little to be sold and stay as dust.");
    }

    [Fact]
    public void DustOfAnEarlierExit_GoesWithTheNextOne()
    {
        var context = Of(Exit) with
        {
            Position = Holding(
                Fills.Buy(1, 0.1m, 50_000m, 0.000005m, "BTC"),
                Fills.Sell(2, 0.09999m, 50_000m),
                Fills.Buy(3, 0.1m, 50_000m, 0.000005m, "BTC")
            ),
        };

        Placed(context).Draft.Quantity.ShouldBe(0.1m);
    }

    [Fact]
    public void OnlyDustIsHeld_IsClosedAlready()
    {
        Note(Of(Exit, held: 0.000009m))!.ShouldContain("dust");
        Needed(Of(Exit, held: 0.00008m)).ShouldBe(PlanNeed.Price);
        Note(Of(Exit, held: 0.00008m) with { Price = At50000 })!.ShouldContain("dust");
    }

    // Asked of 0.1 BTC bought, of which a fee of 0.0001 went. Coins beyond that are another owner's or a person's own.
    [Theory]
    [InlineData("0.1", Rounding.Reject, "0.0999")]
    [InlineData("0.1", Rounding.Round, "0.0999")]
    [InlineData("0.0999", Rounding.Reject, "0.0999")]
    [InlineData("0.11", Rounding.Reject, "0.0999")]
    [InlineData("0.5", Rounding.Round, "0.0999")]
    public void SellOfMoreThanIsHeld_SellsWhatIsHeldAndSaysSo(string asked, Rounding rounding, string sent)
    {
        foreach (var action in new[] { Sell, Exit })
        {
            var context = Of(action with { Quantity = Number(asked) }, rounding: rounding) with
            {
                Position = Holding(Fills.Buy(1, 0.1m, 50_000m, 0.0001m, "BTC")),
                Balances = [new AssetBalance("BTC", 5m, 0)],
                HeldByOthers = [new HeldByOther("webhook \"Other\"", 0.5m)],
            };

            var place = Placed(context);

            place.Draft.Quantity.ShouldBe(Number(sent));
            place.Rounded.ShouldBe(asked == sent ? [] : [new RoundedNumber("quantity", asked, "0.09990")]);
            (place.Note?.Contains($"{asked} BTC were to be sold, and 0.0999 are held", StringComparison.Ordinal) == true).ShouldBe(
                asked != sent
            );
        }
    }

    // The exchange refused the first leg: what is there by its own word is sold, and when nothing is, the exit says so and ends.
    [Theory]
    [InlineData("0.04", "0.04")]
    [InlineData("5", "0.1")]
    [InlineData("0.000001", null)]
    public void ExitThatWasRefused_SellsWhatTheExchangeHas(string free, string? sent)
    {
        var refused = Order(OrderOrigin.Signal, OrderSide.Sell, 0.1m, OrderStatus.Rejected, leg: "exit");
        var context = Of(Exit, held: 0.1m);
        refused.OriginId = context.SignalId;
        refused.FinishedAt = context.Now.AddMinutes(-10);
        context = context with { OwnOrders = [refused] };

        Needed(context).ShouldBe(PlanNeed.Balances);
        context = context with { Balances = [new AssetBalance("BTC", Number(free), 0)] };
        if (sent is null)
        {
            Refused(context).Message.ShouldContain("write them off");
            return;
        }

        var place = Placed(context);
        (place.Leg, place.Draft.Quantity).ShouldBe(("exit.2", Number(sent)));
        (place.Note?.Contains("The exchange has 0.04 BTC free where 0.1 were expected", StringComparison.Ordinal) == true).ShouldBe(
            free == "0.04"
        );
    }

    [Fact]
    public void SellOfNothing_IsRefused() => Refused(Of(Sell with { Quantity = 0.2m })).Code.ShouldBe(PlanCodes.NotHeld);

    [Theory]
    [InlineData("0.020000000000000004", "0.02")]
    [InlineData("0.0200099", "0.02")]
    public void SellOffTheStep_IsRoundedDownWhateverTheWebhookDoes(string asked, string sent)
    {
        var place = Placed(Of(Sell with { Quantity = Number(asked) }, held: 0.1m));

        place.Draft.Quantity.ShouldBe(Number(sent));
        place.Rounded.ShouldBe([new RoundedNumber("quantity", asked, "0.02000")]);
    }

    [Fact]
    public void ExitOfWhatAnotherOwnerHolds_NamesIt()
    {
        foreach (
            var draft in new[] { Exit, Sell, Exit with { Quantity = 0.2m }, Sell with { Sentiment = Sentiment.Flat, Quantity = 0.2m } }
        )
        {
            Note(Of(draft))!.ShouldContain("Nothing of BTC is held");

            var refusal = Refused(Of(draft) with { HeldByOthers = [new HeldByOther("webhook \"A\"", 0.5m)] });

            refusal.Code.ShouldBe(PlanCodes.HeldByOthers);
            refusal.Message.ShouldContain("holds none of BTC; webhook \"A\" holds 0.5");
        }
    }

    [Fact]
    public void SellOfWhatOtherOrdersSellAlready_IsRefusedWithTheNumbers()
    {
        var resting = Order(OrderOrigin.Signal, OrderSide.Sell, 0.1m);
        Refused(Of(Sell with { Quantity = 0.2m }, held: 0.1m) with { OpenOrders = [resting] }).Code.ShouldBe(PlanCodes.NotHeld);
    }

    [Theory]
    [InlineData(SizeMode.PercentOfPosition, "50", "0.05")]
    [InlineData(SizeMode.PercentOfPosition, "33.3333", "0.03333")]
    [InlineData(SizeMode.PercentOfPosition, "100", "0.1")]
    [InlineData(SizeMode.PercentOfAvailable, "25", "0.025")]
    [InlineData(SizeMode.PercentOfEquity, "10", "0.02")]
    [InlineData(SizeMode.PercentOfEquity, "90", "0.1")]
    public void PartialExit_IsAShareRoundedDownAndAtMostWhatIsHeld(SizeMode mode, string value, string sold) =>
        Placed(Of(Exit with { Size = new SignalSize(mode, Number(value)) }, held: 0.1m) with { Price = At50000, Equity = 10_000m })
            .Draft.Quantity.ShouldBe(Number(sold));

    [Fact]
    public void SellThatStatesOnlyThePositionAfterwards_SellsDownToIt()
    {
        Placed(Of(Sell with { Sentiment = Sentiment.Long, PositionSize = 0.04m }, held: 0.1m)).Draft.Quantity.ShouldBe(0.06m);
        Refused(Of(Sell with { Sentiment = Sentiment.Long }, held: 0.1m)).Code.ShouldBe(PlanCodes.SizeMissing);
    }

    [Fact]
    public void ClosingAll_CancelsEveryOrderButThoseOfBotsThenSellsWhatIsLeft()
    {
        var bot = Order(OrderOrigin.Bot, OrderSide.Sell, 0.02m);
        var mine = new[] { OrderOrigin.Signal, OrderOrigin.Button, OrderOrigin.Protection }
            .SelectMany(o => new[] { Order(o, OrderSide.Buy, 0.01m), Order(o, OrderSide.Sell, 0.01m) })
            .ToList();
        var context = Of(Exit, held: 0.1m) with { OpenOrders = [bot, .. mine] };

        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Cancel>().OrderIds.ShouldBe(mine.Select(o => o.Id));
        mine.ForEach(o => o.CancelRequestedAt = Fills.Start);
        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Wait>();
        mine.ForEach(o => o.Status = OrderStatus.Canceled);
        Placed(context).Draft.Quantity.ShouldBe(0.08m);
    }

    [Fact]
    public void OrderThatFilledWhileItWasCancelled_IsNotSoldAgain()
    {
        var stop = Order(OrderOrigin.Protection, OrderSide.Sell, 0.1m, OrderStatus.Filled);
        stop.FilledQuantity = 0.1m;
        var context = Of(Exit, held: 0.1m) with { OpenOrders = [stop] };

        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Wait>().Reason.ShouldContain("Fills");
        stop.BookedQuantity = 0.1m;
        Note(context with { Position = Holding(Fills.Buy(1, 0.1m, 1m), Fills.Sell(2, 0.1m, 1m)) })!.ShouldContain("Nothing of BTC is held");
    }

    [Fact]
    public void PartialExit_FreesTheCoinsThatProtectionLocks()
    {
        var stop = Order(OrderOrigin.Protection, OrderSide.Sell, 0.1m, leg: "stopLoss.1");
        var context = Of(Exit with { Quantity = 0.04m }, held: 0.1m) with { OpenOrders = [stop] };

        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Cancel>().OrderIds.ShouldBe([stop.Id]);
        stop.Status = OrderStatus.Canceled;
        Placed(context).Draft.Quantity.ShouldBe(0.04m);
    }

    [Fact]
    public void TrailingStopAsAnExit_IsKeptForThePosition()
    {
        var draft = Exit with { OrderType = OrderType.TrailingStop, TrailPercent = 3m };
        var context = Of(draft, held: 0.1m);
        context.Position!.Protection = new ProtectionPlan
        {
            Id = Guid.NewGuid(),
            StopLoss = new StopLossPlan { Percent = 10m },
        }.Write();

        var plan = SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Protect>().Plan;

        plan.StopLoss.ShouldBe(new StopLossPlan { Percent = 10m, TrailPercent = 3m });
        context.Position.Protection = plan.Write();
        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Done>();
        Refused(Of(draft with { TrailPercent = null }, held: 0.1m)).Code.ShouldBe(PlanCodes.TrailMissing);
        Refused(Of(draft with { Quantity = 0.01m }, held: 0.1m)).Code.ShouldBe(PlanCodes.SizeUnsuited);
        Refused(Of(Buy with { OrderType = OrderType.TrailingStop, TrailPercent = 3m })).Code.ShouldBe(PlanCodes.TrailingEntry);
    }
}
