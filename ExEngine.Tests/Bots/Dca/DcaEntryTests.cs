using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>Base and safety orders: one row of the table of cases each.</summary>
public sealed class DcaEntryTests
{
    private static readonly DcaSettings Limit = DcaExamples.Table with { BaseOrderType = OrderType.Limit };

    [Fact]
    public void BaseOrderPartlyFilledLimit_IsCancelledAfterItsTime_AndTheDealRunsOnWhatIsHeld()
    {
        var bot = new DcaDrive { Settings = Limit }.Price(100);
        bot.Fill("base", 0.4m);
        bot.After(599).Canceled.ShouldBeEmpty();
        bot.Interest.At.ShouldBe(BotMarkets.Start.AddSeconds(600));
        bot.After(1).Canceled.Count().ShouldBe(1);
        bot.Placed.ShouldBeEmpty();

        bot.ProveCancels();

        bot.Deal.BasePrice.ShouldBe(100);
        bot.Deal.Status.ShouldBe(DealStatus.Bought);
        bot.Order("tp0")!.Quantity.ShouldBe(0.4m);
        bot.Order("so1")!.Price.ShouldBe(98.50m);
        bot.Order("so1")!.Quantity.ShouldBe(0.507m);
    }

    [Fact]
    public void BaseOrderPartlyFilled_BelowWhatCanBeSold_FailsTheDeal_AndTriesAgainAfterTheCooldown()
    {
        var bot = new DcaDrive { Settings = Limit with { CooldownSeconds = 60 } }.Price(100);
        bot.Fill("base", 0.04m);
        bot.After(600).ProveCancels();

        bot.State.Deals.ShouldBeEmpty();
        bot.State.Left.Held.ShouldBe(0.04m);
        bot.Notes.ShouldContain(n => n.Contains("bought too little to be sold again"));
        bot.After(59).Placed.ShouldBeEmpty();
        bot.After(1).Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void BaseMarketOrderExpired_WithPartFilled_IsNeverToppedUp()
    {
        var bot = new DcaDrive().Price(100);
        bot.Fill("base", 0.4m);
        bot.End("base", BotOrderEnd.Expired);

        bot.Deal.BasePrice.ShouldBe(100);
        bot.Placed.ShouldNotContain(p => p.Key.Slot.EndsWith("base", StringComparison.Ordinal));
        bot.Order("tp0")!.Quantity.ShouldBe(0.4m);
    }

    [Fact]
    public void BaseMarketOrderExpired_WithFillRemainder_IsAskedForOnceMore()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { FillRemainder = true } }.Price(100);
        bot.Fill("base", 0.4m);
        bot.End("base", BotOrderEnd.Expired);

        bot.Order("base")!.Quantity.ShouldBe(0.6m);
        bot.End("base", BotOrderEnd.Expired);
        bot.Order("base").ShouldBeNull();
        bot.Deal.Status.ShouldBe(DealStatus.Bought);
    }

    [Fact]
    public void BaseOrderAboveMaxSlippage_IsSentAsALimitImmediateOrCancel()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { MaxSlippage = 0.5m } }.Price(100);

        var draft = bot.Placed.Single().Order.Draft;
        (draft.Type, draft.Price, draft.TimeInForce).ShouldBe((OrderType.Limit, 100.50m, TimeInForce.ImmediateOrCancel));
    }

    [Fact]
    public void StartWhilePriceOutsideMinMax_OpensNothing_AndIsToldOncePerCrossing()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { MinPrice = 90, MaxPrice = 95 } };
        bot.Price(100).Price(101).Price(102);

        bot.State.Deals.ShouldBeEmpty();
        bot.Notes.Count().ShouldBe(1);
        bot.Price(94).State.Deals.Count.ShouldBe(1);
    }

    [Fact]
    public void SafetyOrderPartlyFilled_CountsByExecutedCost_AndIsDoneOnlyWhenFinal()
    {
        var bot = new DcaDrive().Bought();
        bot.After(5).Fill("so1", 0.2m);

        bot.Line(1).ShouldBe(LineStatus.Resting);
        bot.Deal.Book.BareCost.ShouldBe(100 + (98.5m * 0.2m));
        bot.ProveCancels();
        bot.Order("tp0")!.Quantity.ShouldBe(1.2m);
        bot.Deal.Orders.Count(o => o.Slot.Contains(".so")).ShouldBe(2);

        bot.Fill("so1").ProveCancels();
        bot.Line(1).ShouldBe(LineStatus.Done);
        bot.Order("tp0")!.Quantity.ShouldBe(1.507m);
        bot.Order("so3").ShouldNotBeNull();
    }

    [Fact]
    public void SafetyOrderFilledBitByBit_ReplacesTheTakeProfitOnceASecond_AndAfterTheLastFill()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("so1", 0.1m).Canceled.ShouldBeEmpty();
        bot.Interest.At.ShouldBe(BotMarkets.Start.AddSeconds(1));
        bot.After(0.5).Fill("so1", 0.1m).Canceled.ShouldBeEmpty();
        bot.Fill("so1").Canceled.Count().ShouldBe(1);
    }

    [Fact]
    public void FastFallThroughSeveralSafetyOrders_OnlyActiveOnesRest_AndTheNextGoesOutAtItsOwnPrice()
    {
        var bot = new DcaDrive().Bought();
        bot.Deal.Orders.Count(o => o.Slot.Contains(".so")).ShouldBe(2);

        bot.Tell(bot.Filled("so1", price: 90), bot.Filled("so2", price: 90));

        bot.Order("so3")!.Price.ShouldBe(93.46m);
        bot.Order("so4")!.Price.ShouldBe(89.34m);
        bot.Notes.ShouldContain(n => n.Contains("safety order 1 was filled 8.6 % below its line"));
        bot.Deal.BasePrice.ShouldBe(100);
    }

    [Fact]
    public void AllSafetyOrdersUsed_LeavesTheTakeProfitOnly()
    {
        var bot = new DcaDrive().Bought();
        for (var k = 1; k <= 5; k++)
        {
            bot.Fill($"so{k}").ProveCancels();
        }

        bot.Deal.Orders.Select(o => o.Slot).ShouldBe(["d1.tp0"]);
        bot.Order("tp0")!.Price.ShouldBe(92.14m);
        bot.Order("tp0")!.Quantity.ShouldBe(8.404m);
    }

    [Fact]
    public void InsufficientBalanceForTheNextSafetyOrder_Waits_WithAskedFreeAndMissing_AndIsNeverSmaller()
    {
        var bot = new DcaDrive();
        bot.Bought();
        bot.Context = bot.Context with { FreeQuote = 40 };
        bot.Fill("so1").ProveCancels();
        bot.Line(3).ShouldBe(LineStatus.WaitingFunds);
        (bot.Deal.Lines[2].Asked, bot.Deal.Lines[2].Free).ShouldBe((93.46m * 1.203m, 40));
        bot.Notes.ShouldContain(n => n.Contains("safety order 3 waits for 72.43238 USDT"));

        bot.Context = bot.Context with { FreeQuote = 500 };
        bot.After(1).Placed.ShouldBeEmpty("it is retried every 60 s, not per tick");
        bot.Tell(new BotEvent.FundsChanged()).Placed.Single().Key.Slot.ShouldBe("d1.so3");
    }

    [Theory]
    [InlineData(93.47, true, LineStatus.Resting)]
    [InlineData(92, true, LineStatus.Resting)]
    [InlineData(93.48, true, LineStatus.Skipped)]
    [InlineData(92, false, LineStatus.Skipped)]
    public void FundsReturnAfterThePriceHasPassed_PlacesLateOrSkips(double back, bool late, LineStatus expected)
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { LateSafetyOrders = late } }.Bought();
        bot.Context = bot.Context with { FreeQuote = 40 };
        bot.Fill("so1").ProveCancels();
        bot.Interest.Below.ShouldBe(93.46m);
        bot.Price(93);

        bot.Context = bot.Context with { FreeQuote = 500, Price = (decimal)back };
        bot.Tell(new BotEvent.FundsChanged());

        bot.Line(3).ShouldBe(expected);
    }

    [Fact]
    public void ManualSafetyOrder_CountsInCost_AndNotInK()
    {
        var bot = new DcaDrive().Bought();
        bot.Tell(new BotEvent.FundsAdded(1, 50, 99));
        var slot = bot.Placed.Single().Key.Slot;
        bot.Fill(slot["d1.".Length..]).ProveCancels();

        bot.Deal.Book.BareCost.ShouldBe(100 + (99 * 0.505m));
        bot.Deal.Lines.ShouldAllBe(l => l.Status == LineStatus.Resting || l.Status == LineStatus.Planned);
        bot.Order("tp0")!.Quantity.ShouldBe(1.505m);
    }

    [Fact]
    public void UserCancelsOneOfOurOrders_PausesThatLineAndAsks_AndTheOthersGoOn()
    {
        var bot = new DcaDrive().Bought();
        bot.End("so1");

        bot.Line(1).ShouldBe(LineStatus.CancelledByYou);
        bot.Order("so2").ShouldNotBeNull();
        bot.Notes.ShouldContain(n => n.Contains("was cancelled at the exchange; put it back, or leave it"));
        bot.After(7200).Placed.ShouldBeEmpty();

        bot.Tell(new BotEvent.LineAnswered("d1.so1", true)).Placed.Single().Key.ShouldBe(new("d1.so1", bot.State.LastGeneration));
    }

    [Fact]
    public void UserCancels_WithPutBack_IsPutBackOncePerLineAndHour()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { RestoreCancelled = CancelledLine.PutBack } }.Bought();
        bot.End("so1").Placed.Single().Key.Slot.ShouldBe("d1.so1");
        bot.After(600).End("so1").Placed.ShouldBeEmpty();
        bot.Line(1).ShouldBe(LineStatus.CancelledByYou);
    }

    [Fact]
    public void OrderVanished_IsPlacedWithTheNextGeneration()
    {
        var bot = new DcaDrive().Bought();
        var before = bot.Order("so1")!.Generation;
        bot.End("so1", BotOrderEnd.NotPlaced);

        bot.Order("so1")!.Generation.ShouldBeGreaterThan(before);
    }

    [Fact]
    public void PostOnlyPeriodAfterMaintenance_Waits_AndDoesNotFailTheLine()
    {
        var bot = new DcaDrive().Bought();
        bot.End("so1", BotOrderEnd.NotNow);

        bot.Deal.Lines[0].Failures.ShouldBe(0);
        bot.After(59).Placed.ShouldBeEmpty();
        bot.After(1).Placed.Single().Key.Slot.ShouldBe("d1.so1");
    }

    [Fact]
    public void RefusedThreeTimes_NeedsYou()
    {
        var bot = new DcaDrive().Bought();
        for (var i = 0; i < 3; i++)
        {
            bot.End("so1", BotOrderEnd.Rejected, "no").After(60);
        }

        bot.Line(1).ShouldBe(LineStatus.NeedsYou);
        bot.Order("so1").ShouldBeNull();
    }

    [Fact]
    public void RulesChangeWhileRunning_RestingOrdersStay_AndALineThatNoLongerFitsNeedsYou()
    {
        var bot = new DcaDrive().Bought();
        bot.Context = bot.Context with { Market = bot.Context.Market with { MinNotional = 120 } };
        bot.Tell().Canceled.ShouldBeEmpty();
        bot.Fill("so1").ProveCancels();

        bot.Line(3).ShouldBe(LineStatus.NeedsYou);
        bot.Deal.Lines[2].Problem!.ShouldContain("120");
        bot.Order("so2").ShouldNotBeNull();
    }

    [Fact]
    public void ExchangeMaintenance_NoOrdersAndNoCancels_FillsCount()
    {
        var bot = new DcaDrive().Bought();
        bot.Context = bot.Context with { IsReachable = false };
        bot.Fill("so1").Last.ShouldBeEmpty();
        bot.Deal.Book.Held.ShouldBe(1.507m);

        bot.Context = bot.Context with { IsReachable = true };
        bot.Tell().Canceled.Single().Key.Slot.ShouldBe("d1.tp0");
    }

    [Fact]
    public void MarketInactive_FreezesTheDeal_AndNoNewOnesBegin()
    {
        var bot = new DcaDrive().Bought();
        bot.Context = bot.Context with { Market = bot.Context.Market with { Active = false } };
        bot.Tell();

        bot.Deal.Status.ShouldBe(DealStatus.Frozen);
        bot.Last.ShouldBeEmpty();
    }

    [Fact]
    public void Reinvest_ScalesBaseAndSafetyByRTimesProfitOverF_CappedByFreeFunds()
    {
        var settings = DcaExamples.Table with { Reinvest = 50 };
        var state = new DcaState { Realized = 75.9375m };
        var bot = new DcaDrive { Settings = settings, State = state };
        bot.Price(100).Deal.Scale.ShouldBe(1.05m);
        bot.Order("base")!.Quantity.ShouldBe(1.05m);

        var capped = new DcaDrive { Settings = settings, State = state };
        capped.Context = capped.Context with { FreeQuote = 760m };
        capped.Price(100).Deal.Scale.ShouldBe(760m / 759.375m);
    }

    [Fact]
    public void MaxDealsAndCooldown_HoldTheNextDealBack()
    {
        var bot = new DcaDrive { Settings = DcaExamples.Table with { CooldownSeconds = 30, MaxDeals = 2 } }.Bought();
        bot.Fill("tp0").ProveCancels();
        bot.State.DealsOver.ShouldBe(1);
        bot.After(29).State.Deals.ShouldBeEmpty();
        bot.After(1).Fill("base", price: 100).Fill("tp0").ProveCancels();
        bot.State.DealsOver.ShouldBe(2);
        bot.After(3600).State.Deals.ShouldBeEmpty();
    }

    [Fact]
    public void Keys_AreTheSameForTheSamePlan_AndNeverTwice()
    {
        var once = new DcaDrive().Bought();
        var again = new DcaDrive().Bought();
        var keys = once.Actions.OfType<BotAction.Place>().Select(p => p.Key).ToList();

        keys.ShouldBe(again.Actions.OfType<BotAction.Place>().Select(p => p.Key));
        keys.ShouldBeUnique();
        BotOrderKey.Parse(keys[0].Leg).ShouldBe(keys[0]);
        keys[0].ClientId(Guid.Empty).Length.ShouldBe(32);
    }
}
