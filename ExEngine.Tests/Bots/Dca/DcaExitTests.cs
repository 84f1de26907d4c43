using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>Take-profits, trailing, stops and ends: one row of the table of cases each.</summary>
public sealed class DcaExitTests
{
    [Fact]
    public void TakeProfitPartlyFilled_ThenASafetyOrderFills_CancelsTheRest_AndPlacesOneForAllThatIsHeld()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("tp0", 0.4m);
        bot.Fill("so1").Canceled.Single().Key.Slot.ShouldBe("d1.tp0");
        bot.Placed.ShouldNotContain(p => p.Key.Slot == "d1.tp0");
        bot.ProveCancels();

        var average = (60 + (98.5m * 0.507m)) / 1.107m;
        bot.Order("tp0")!.Quantity.ShouldBe(1.107m);
        bot.Order("tp0")!.Price.ShouldBe(Increments.Tick(0.01m).Up(average * 1.02m));
        bot.Order("so2")!.Price.ShouldBe(96.40m);
    }

    [Fact]
    public void TakeProfitPartlyFilled_WhileItsCancelIsUnderWay_CountsTheLateFill()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("so1");
        bot.Fill("tp0", 0.3m).ProveCancels();

        bot.Order("tp0")!.Quantity.ShouldBe(1.207m);
    }

    [Fact]
    public void TakeProfitPartlyFilled_PriceFallsWithNoSafetyOrder_IsLeft()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("tp0", 0.4m).Last.ShouldBeEmpty();
        bot.Price(99).Last.ShouldBeEmpty();
    }

    [Fact]
    public void TakeProfitRemainderThatCouldNotBePlacedAgain_IsNotCancelled()
    {
        var bot = new DcaDrive().Bought();
        bot.Context = bot.Context with { Market = bot.Context.Market with { MinNotional = 20 } };
        bot.Fill("tp0", 0.9m);
        bot.After(5).Fill("so1", 0.05m).Canceled.ShouldBeEmpty();
        bot.Fill("so1", 0.1m).Canceled.Single().Key.Slot.ShouldBe("d1.tp0");
    }

    [Fact]
    public void TakeProfitRemainderBelowTheMinimum_WithNoSafetyOrdersLeft_CompletesTheDeal_AndNamesTheDust()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { MaxSafetyOrders = 0 } }.Bought();
        bot.Fill("tp0", 0.96m).End("tp0", BotOrderEnd.Expired);

        bot.State.DealsOver.ShouldBe(1);
        bot.State.Left.Held.ShouldBe(0.04m);
        bot.Notes.ShouldContain(n => n.Contains("0.04 BTC are too little to be sold, worth 4 USDT"));
    }

    [Fact]
    public void TakeProfitSteps_ShareWhatIsHeld_AndTheLastTakesTheRest()
    {
        var bot = Steps().Bought();
        bot.Deal.Orders.Where(o => o.Slot.Contains(".tp"))
            .Select(o => (o.Price, o.Quantity))
            .ShouldBe([(101, 0.333m), (102, 0.333m), (103, 0.334m)]);
    }

    [Fact]
    public void TakeProfitSteps_AfterAStepAndASafetyOrder_SharesAreNormalisedOverWhatIsHeld()
    {
        var bot = Steps().Bought();
        bot.Fill("tp0").Fill("so1").ProveCancels();

        bot.Deal.StepsDone.ShouldBe([0]);
        bot.Deal.Orders.Where(o => o.Slot.Contains(".tp")).Select(o => o.Quantity).ShouldBe([0.587m, 0.587m]);
    }

    [Fact]
    public void TakeProfitStepBelowTheMinimum_GoesWithTheNext()
    {
        var bot = new DcaDrive
        {
            Settings = DcaExamples.Table with { TakeProfit = new() { Steps = [new(1, 3), new(2, 47), new(3, 50)] } },
        }.Bought();

        bot.Deal.Orders.Where(o => o.Slot.Contains(".tp")).Select(o => (o.Price, o.Quantity)).ShouldBe([(102, 0.5m), (103, 0.5m)]);
    }

    [Fact]
    public void Completed_CancelsTheSafetyOrders_AndCountsWhatWasEarned()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { Start = DcaStart.WhenAsked } };
        bot.Price(100).State.Deals.ShouldBeEmpty();
        bot.Tell(new BotEvent.StartAsked("a webhook")).Fill("base", price: 100).Fill("tp0").Canceled.Count().ShouldBe(2);
        bot.ProveCancels();

        (bot.State.DealsOver, bot.State.Realized, bot.State.Money, bot.State.Deals.Count).ShouldBe((1, 2, 2, 0));
    }

    [Fact]
    public void Completed_WithASafetyOrderFilledMeanwhile_SellsThatAsWell()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("tp0");
        bot.Fill("so1").ProveCancels();

        bot.Order("tp0")!.Quantity.ShouldBe(0.507m);
        bot.Fill("tp0").ProveCancels();
        bot.State.Left.Held.ShouldBe(0);
    }

    [Fact]
    public void TrailingArmedThenFallsThroughTheTarget_SellsByThePeak()
    {
        var bot = Trailing(new() { Percent = 2, Trailing = 1 }).Bought();
        bot.Order("tp0").ShouldBeNull();
        bot.Interest.Above.ShouldBe(102m);
        bot.Price(102.5m).Deal.Status.ShouldBe(DealStatus.Trailing);
        bot.Last.OfType<BotAction.Cancel>().ShouldBeEmpty("arming cancels nothing");
        bot.Price(104).Price(103).Deal.Closing.ShouldBeNull();
        bot.Interest.ShouldBe(new BotInterest(104 * 0.99m, 104, null));

        bot.Price(101).Canceled.Count().ShouldBe(2);
        bot.ProveCancels().Placed.Single().Order.Draft.Type.ShouldBe(OrderType.Market);
        bot.Fill("exit");
        bot.State.Realized.ShouldBe(1);
    }

    [Fact]
    public void TrailingBelowTheMinimumProfit_WaitsAgain()
    {
        var bot = Trailing(
                new()
                {
                    Percent = 1,
                    Trailing = 0.8m,
                    MinProfit = 0.5m,
                }
            )
            .Bought();
        bot.Price(101).Price(100.1m);

        bot.Deal.Status.ShouldBe(DealStatus.Bought);
        bot.Notes.ShouldContain(n => n.Contains("below the minimum profit"));
        bot.Order("so1").ShouldNotBeNull();
        bot.Price(103).Price(102).Deal.Closing.ShouldBe(DealEnd.Trailing);
    }

    [Fact]
    public void TrailingAfterAPartialTakeProfit_FollowsTheRest()
    {
        var bot = Trailing(new() { Steps = [new(1, 50), new(2, 50)], Trailing = 1 }).Bought();
        bot.Order("tp0")!.Quantity.ShouldBe(0.5m);
        bot.Fill("tp0").Price(103).Price(101.9m).ProveCancels();
        bot.Order("exit")!.Quantity.ShouldBe(0.5m);
    }

    [Fact]
    public void TrailingAndStop_TheStopStays()
    {
        var bot = new DcaDrive
        {
            Settings = DcaExamples.Table with
            {
                TakeProfit = new() { Percent = 2, Trailing = 30 },
                StopLoss = new() { Percent = 20 },
            },
        }.Bought();
        bot.Price(102).Price(80);

        bot.Deal.Closing.ShouldBe(DealEnd.Stop);
    }

    [Fact]
    public void GapThroughTheStop_LeavesAtMarketAtWhatIsThere()
    {
        var bot = Stop(new() { Percent = 5 }).Bought();
        bot.Interest.Below.ShouldBe(95);
        bot.Price(60).ProveCancels().Placed.Single().Order.Draft.Type.ShouldBe(OrderType.Market);
        bot.Fill("exit", price: 60);

        (bot.State.Realized, bot.State.DealsOver).ShouldBe((-40, 1));
    }

    [Fact]
    public void StopTimeout_ThePriceMustStayBeyond_AndOneTickBackResetsIt()
    {
        var bot = Stop(new() { Percent = 5, TimeoutSeconds = 10 }).Bought();
        bot.Price(94).After(9);
        bot.Price(95.01m).Price(94).After(9).Deal.Closing.ShouldBeNull();
        bot.Interest.At.ShouldBe(bot.Context.Now.AddSeconds(1));
        bot.After(1).Deal.Closing.ShouldBe(DealEnd.Stop);
    }

    [Fact]
    public void StopTimeout_DoesNotRunWhileTheExchangeIsAway()
    {
        var bot = Stop(new() { Percent = 5, TimeoutSeconds = 10 }).Bought();
        bot.Price(94);
        bot.Context = bot.Context with { IsReachable = false };
        bot.After(60);
        bot.Context = bot.Context with { IsReachable = true };

        bot.Tell().Deal.Closing.ShouldBeNull();
    }

    [Fact]
    public void StopFromBase_StaysWhereItIs_AndFromAverageMovesWithEachFill()
    {
        var fromBase = Stop(new() { Percent = 20, From = PriceBase.BaseOrder }).Bought();
        var fromAverage = Stop(new() { Percent = 20 }).Bought();
        fromBase.Fill("so1").Interest.Below.ShouldBe(80);
        fromAverage.Fill("so1").Interest.Below!.Value.ShouldBeLessThan(80);
    }

    [Fact]
    public void BreakEvenAfterAStep_MovesTheStopToWhereTheRestLosesNothing()
    {
        var bot = new DcaDrive
        {
            Settings = DcaExamples.Table with
            {
                TakeProfit = new() { Steps = [new(1, 50), new(4, 50)] },
                StopLoss = new() { Percent = 20, BreakEvenAfterStep = 1 },
            },
        };
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0.001m, FeeCoin.Quote) };
        bot.Bought().Price(101).Fill("tp0");

        bot.Interest.Below!.Value.ShouldBe(100.1m / 0.999m);
        bot.Price(100.2m).Deal.Closing.ShouldBe(DealEnd.Stop);
    }

    [Fact]
    public void StopThatStopsTheBot_LeavesNoNextDeal()
    {
        var bot = Stop(new() { Percent = 5, StopsBot = true }).Bought();
        bot.Price(90).ProveCancels().Fill("exit", price: 90);

        bot.State.Mode.ShouldBe(BotMode.Stopped);
        bot.Price(100).State.Deals.ShouldBeEmpty();
    }

    [Fact]
    public void UserSellsTheCoinsElsewhere_SellsWhatIsFree_AndNeedsYou()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("so1");
        bot.Context = bot.Context with { FreeBase = 1.007m };
        bot.ProveCancels();

        bot.Order("tp0")!.Quantity.ShouldBe(1.007m);
        bot.Deal.Status.ShouldBe(DealStatus.NeedsYou);
        bot.Deal.Gone.ShouldBe(0.5m);
        bot.Notes.ShouldContain(n => n.Contains("0.5 of 1.507 BTC held is gone"));
        bot.Deal.Book.Held.ShouldBe(1.507m);
    }

    [Fact]
    public void FeeInBnb_AndBnbRunsOutMidDeal_TheTakeProfitIsForWhatIsHeld()
    {
        var bot = new DcaDrive();
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0.001m, FeeCoin.Third) };
        bot.Bought();
        bot.Order("tp0")!.Quantity.ShouldBe(1);
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0.001m, FeeCoin.Base) };
        bot.Fill("so1").ProveCancels();

        bot.Deal.Book.Held.ShouldBe(1 + (0.507m * 0.999m));
        bot.Order("tp0")!.Quantity.ShouldBe(1.506m);
        bot.Deal.Book.Fees.Keys.ShouldBe(["BNB", "BTC"]);
    }

    [Fact]
    public void RestartAfterDays_AppliesAllFillsThenOnePlan_AndLateFillsAreCountedOnce()
    {
        var bot = new DcaDrive().Bought();
        var (first, second) = (bot.Filled("so1"), bot.Filled("so2"));
        bot.Context = bot.Context with { Now = bot.Context.Now.AddDays(3), Price = 98 };
        bot.Tell(first, second, first);

        bot.Deal.Book.Held.ShouldBe(1 + 0.507m + 0.778m);
        bot.Canceled.Count().ShouldBe(1);
        bot.Tell(second).Deal.Book.Held.ShouldBe(2.285m);
    }

    [Fact]
    public void EditWhileRunning_IsForTheNextDeal_AndOnRequestForThisOne()
    {
        var bot = new DcaDrive().Bought();
        bot.Settings = bot.Settings with { TakeProfit = new() { Percent = 5 } };
        bot.Tell().Last.ShouldBeEmpty();

        bot.Tell(new BotEvent.TargetsEdited(1, 5, null)).Canceled.Single().Key.Slot.ShouldBe("d1.tp0");
        bot.ProveCancels().Order("tp0")!.Price.ShouldBe(105);
    }

    [Fact]
    public void StopBot_ThreeVerbs()
    {
        var finish = new DcaDrive().Bought().Tell(new BotEvent.FinishAsked());
        finish.Last.ShouldBeEmpty();
        finish.Fill("tp0").ProveCancels().State.Mode.ShouldBe(BotMode.Stopped);

        var cancel = new DcaDrive().Bought().Tell(new BotEvent.CancelAsked()).ProveCancels();
        (cancel.State.Mode, cancel.State.Left.Held).ShouldBe((BotMode.Stopped, 1));
        cancel.Actions.OfType<BotAction.Place>().ShouldNotContain(p => p.Key.Slot == "d1.exit");

        var close = new DcaDrive().Bought().Tell(new BotEvent.CloseAsked()).ProveCancels().Fill("exit", price: 99);
        (close.State.Mode, close.State.Realized).ShouldBe((BotMode.Stopped, -1));
    }

    [Fact]
    public void CloseWhileASafetyOrderFills_TheCloseWins()
    {
        var bot = new DcaDrive().Bought();
        bot.Tell(new BotEvent.CloseAsked(1));
        bot.Fill("so1").ProveCancels();

        bot.Order("exit")!.Quantity.ShouldBe(1.507m);
        bot.Deal.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public void UserCancelsTheTakeProfit_AsksAndPutsItBackWhenTold()
    {
        var bot = new DcaDrive().Bought();
        bot.End("tp0").Placed.ShouldBeEmpty();
        bot.Deal.Status.ShouldBe(DealStatus.NeedsYou);
        bot.Tell(new BotEvent.LineAnswered("d1.tp0", true)).Placed.Single().Key.Slot.ShouldBe("d1.tp0");
    }

    [Fact]
    public void Short_RunsTheSamePlannerMirrored()
    {
        var bot = new DcaDrive
        {
            Settings = DcaExamples.Table with
            {
                Direction = BotDirection.Short,
                StopLoss = new() { Percent = 20 },
            },
        }.Bought();
        (bot.Order("so1")!.Side, bot.Order("so1")!.Price).ShouldBe((OrderSide.Sell, 101.5m));
        (bot.Order("tp0")!.Side, bot.Order("tp0")!.Price).ShouldBe((OrderSide.Buy, 98m));
        bot.Interest.Above.ShouldBe(120);
        bot.Fill("tp0").ProveCancels();
        bot.State.Realized.ShouldBe(2);
    }

    private static DcaDrive Steps() =>
        new()
        {
            Settings = DcaExamples.Table with { TakeProfit = new() { Steps = [new(1, 100m / 3), new(2, 100m / 3), new(3, 100m / 3)] } },
        };

    private static DcaDrive Trailing(DcaTakeProfit how) => new() { Settings = DcaExamples.Table with { TakeProfit = how } };

    private static DcaDrive Stop(DcaStopLoss stop) => new() { Settings = DcaExamples.Table with { StopLoss = stop } };
}
