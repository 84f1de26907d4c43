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

    // Asked of 0.1 BTC bought, of which a fee of 0.0001 went: what is sent, or the code.
    [Theory]
    [InlineData("0.1", Rounding.Reject, "0.0999")]
    [InlineData("0.1", Rounding.Round, "0.0999")]
    [InlineData("0.0999", Rounding.Reject, "0.0999")]
    [InlineData("0.11", Rounding.Reject, "balances")]
    [InlineData("0.1002", Rounding.Reject, "balances")]
    public void SellOfMoreThanIsHeld_LosesOnlyWhatTheFeeTook(string asked, Rounding rounding, string sent)
    {
        var context = Of(Sell with { Quantity = Number(asked) }, rounding: rounding) with
        {
            Position = Holding(Fills.Buy(1, 0.1m, 50_000m, 0.0001m, "BTC")),
        };
        if (sent == "balances")
        {
            Needed(context).ShouldBe(PlanNeed.Balances);
            return;
        }

        var place = Placed(context);
        place.Draft.Quantity.ShouldBe(Number(sent));
        place.Rounded.ShouldBe(asked == sent ? [] : [new RoundedNumber("quantity", asked, "0.09990")]);
    }

    [Theory]
    [InlineData("0.5", Rounding.Reject, "0.2")]
    [InlineData("0.15", Rounding.Reject, "0.15")]
    [InlineData("0.15", Rounding.Round, "0.15")]
    [InlineData("0", Rounding.Reject, "0.1")]
    [InlineData("0", Rounding.Round, "0.1")]
    public void SellOfMoreThanThePosition_TakesCoinsThatWereThereOrSellsWhatThereIs(string balance, Rounding rounding, string sent)
    {
        var context = Of(Sell with { Quantity = 0.2m }, held: 0.1m, rounding) with
        {
            Balances = [new AssetBalance("BTC", Number(balance), 0)],
        };
        var place = Placed(context);
        place.Draft.Quantity.ShouldBe(Number(sent));
        place.Rounded.Count.ShouldBe(sent == "0.2" ? 0 : 1);
        (place.Note?.Contains("that is sold", StringComparison.Ordinal) == true).ShouldBe(sent != "0.2");
    }

    [Fact]
    public void SellOfNothing_IsRefused() =>
        Refused(Of(Sell with { Quantity = 0.2m }) with { Balances = [] }).Code.ShouldBe(PlanCodes.NotHeld);

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
    public void ExitWithASize_NeverTouchesCoinsThatWereThereBefore()
    {
        var place = Placed(Of(Exit with { Quantity = 0.2m }, held: 0.1m));
        (place.Draft.Quantity, place.Note!.Contains("0.2 BTC were to be sold", StringComparison.Ordinal)).ShouldBe((0.1m, true));
        Note(Of(Exit with { Quantity = 0.2m }))!.ShouldContain("Nothing of BTC is held");
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
