using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Grid;

/// <summary>What a grid does: one row of the table of cases each.</summary>
public sealed class GridCaseTests
{
    /// <summary>Trails up, with money enough for its steps.</summary>
    private static readonly GridSettings Rising = GridDrive.Example with { TrailingUp = true, QuantityPerGrid = 1.02m, Investment = 1200 };

    [Fact]
    public void Start_BuysForTheSells_ThenEveryLineButTheEmptyOneHasItsOrder()
    {
        var bot = new GridDrive().Price(100);
        var initial = bot.Placed.Single().Order.Draft;
        (initial.Side, initial.Type, initial.Quantity).ShouldBe((OrderSide.Buy, OrderType.Market, 5.10m));
        bot.Tell(bot.Filled(bot.State.Orders.Single()));

        bot.Buys.ShouldBe([90, 92, 94, 96, 98]);
        bot.Sells.ShouldBe([102, 104, 106, 108, 110]);
        bot.Empty.ShouldBe([100]);
        bot.State.Orders.ShouldAllBe(o => o.Quantity == 1.02m);
    }

    [Fact]
    public void GapDownThroughKLines_TheBatchIsAppliedBeforePlanning()
    {
        var bot = new GridDrive().Started();
        bot.Tell(bot.Filled(98), bot.Filled(96), bot.Filled(94));

        bot.Placed.Select(p => (p.Order.Draft.Side, p.Order.Draft.Price))
            .ShouldBe([(OrderSide.Sell, 96m), (OrderSide.Sell, 98m), (OrderSide.Sell, 100m)], true);
        bot.Empty.ShouldBe([94]);
        bot.Sells.ShouldBe([96, 98, 100, 102, 104, 106, 108, 110]);
    }

    [Fact]
    public void GapUp_IsTheMirror()
    {
        var bot = new GridDrive().Started();
        bot.Tell(bot.Filled(102), bot.Filled(104), bot.Filled(106));

        bot.Buys.ShouldBe([90, 92, 94, 96, 98, 100, 102, 104]);
        bot.Empty.ShouldBe([106]);
    }

    [Fact]
    public void FillsToldInAnotherOrder_NeverPutTwoOrdersOnOneLine()
    {
        var bot = new GridDrive().Started();
        var later = bot.Filled(98);
        bot.Tell(bot.Filled(96));
        bot.State.Orders.Count(o => o.Price == 98).ShouldBe(1);
        bot.Tell(later);

        bot.Sells.ShouldBe([98, 100, 102, 104, 106, 108, 110]);
        bot.Empty.ShouldBe([96]);
    }

    [Fact]
    public void CounterOrderThatWouldBeMarketable_IsPlacedAllTheSame()
    {
        var bot = new GridDrive().Started();
        bot.Context = bot.Context with { Price = 105 };
        bot.Tell(bot.Filled(98)).Placed.Single().Order.Draft.Price.ShouldBe(100);
        bot.Tell(bot.Filled(bot.At(100), price: 105));
        bot.Notes.ShouldContain("caught up: the line at 100.00 was left at 105");
    }

    [Fact]
    public void RoundTripWhileDown_FiveBuysThenFiveSellsNearTheBetterPrice()
    {
        var bot = new GridDrive().Started();
        bot.Context = bot.Context with { Price = 101 };
        bot.Tell(bot.Filled(98), bot.Filled(96), bot.Filled(94), bot.Filled(92), bot.Filled(90));
        var sells = new[] { 92m, 94, 96, 98, 100 };
        bot.Placed.Select(p => p.Order.Draft.Price!.Value).Order().ShouldBe(sells);
        bot.Tell([.. sells.Select(line => bot.Filled(bot.At(line), price: 101))]);

        bot.Empty.ShouldBe([100]);
        bot.State.Pairs.ShouldBe(5);
        bot.State.GridProfit.ShouldBe((1.02m * 5 * 101 * 0.999m) - (1.02m * 470 * 1.001m));
    }

    [Fact]
    public void PartlyFilledLine_Stays_AndItsCounterOrderIsForTheWhole()
    {
        var bot = new GridDrive().Started();
        bot.Tell(bot.Filled(bot.At(98), 0.5m)).Last.ShouldBeEmpty();
        bot.Tell(bot.Filled(98)).Placed.Single().Order.Draft.Quantity.ShouldBe(1.02m);
    }

    [Fact]
    public void PartlyFilledLine_EndedByTheExchange_IsCompletedByAnOrderForTheRest()
    {
        var bot = new GridDrive().Started();
        bot.Tell(bot.Filled(bot.At(98), 0.5m));
        bot.End(98, BotOrderEnd.NotPlaced).Placed.Single().Order.Draft.Quantity.ShouldBe(0.52m);
        bot.Tell(bot.Filled(98)).Placed.Single().Order.Draft.Quantity.ShouldBe(1.02m);
    }

    [Fact]
    public void PartlyFilledLine_WhoseRestIsTooSmall_TurnsWithWhatItHas()
    {
        var bot = new GridDrive().Started();
        bot.Tell(bot.Filled(bot.At(98), 0.98m));
        var draft = bot.End(98, BotOrderEnd.Expired).Placed.Single().Order.Draft;
        (draft.Side, draft.Quantity).ShouldBe((OrderSide.Sell, 0.98m));
    }

    [Fact]
    public void LineUnderTheMinimumAfterARuleChange_NeedsYou_AndTheOthersGoOn()
    {
        var bot = new GridDrive().Started();
        bot.Context = bot.Context with { Market = bot.Context.Market with { MinNotional = 103 } };
        bot.Tell(bot.Filled(98)).Last.OfType<BotAction.Note>().Single().Kind.ShouldBe(BotNote.NeedsYou);
        bot.Tell(bot.Filled(102));

        bot.State.Cells[4].Status.ShouldBe(LineStatus.NeedsYou);
        bot.State.Cells[4].Problem!.ShouldContain("103");
        bot.State.Orders.Count.ShouldBe(8);
    }

    [Fact]
    public void InsufficientBalanceOnOneLine_Waits_OthersGoOn_AndItIsNeverDropped()
    {
        var bot = new GridDrive().Started();
        bot.Context = bot.Context with { FreeQuote = 50 };
        bot.Tell(bot.Filled(102));
        bot.State.Cells[5].Status.ShouldBe(LineStatus.WaitingFunds);
        bot.Notes.ShouldContain("the line at 100.00 waits for 52.102 USDT");
        bot.After(59).Placed.ShouldBeEmpty();
        bot.Context = bot.Context with { FreeQuote = 500 };
        bot.After(1).Placed.Single().Order.Draft.Price.ShouldBe(100);
    }

    [Fact]
    public void OrderCountLimit_IsKeptByTheWindowOfActiveLines()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { MaxActiveLines = 2 } }.Started();
        bot.Buys.ShouldBe([96, 98]);
        bot.Sells.ShouldBe([102, 104]);

        bot.Tell(bot.Filled(98)).ProveCancels();
        bot.Buys.ShouldBe([94, 96]);
        bot.Sells.ShouldBe([100, 102]);
        bot.Canceled.ShouldBeEmpty();
        bot.Actions.OfType<BotAction.Cancel>().Count().ShouldBe(1);
    }

    [Fact]
    public void PriceLeavesTheRange_IsSaidOnce_AndTheGridStays()
    {
        var bot = new GridDrive().Started().Go(112);
        (bot.State.Range, bot.State.RangeSince).ShouldBe((RangeSide.Above, BotMarkets.Start));
        bot.Price(113).Price(114).Last.ShouldBeEmpty();
        bot.Interest.ShouldBe(new BotInterest(110, null, null));
        bot.Go(109).State.Range.ShouldBe(RangeSide.Inside);
    }

    [Fact]
    public void TrailingUp_OneStepPerEvent_EachAfterTheProvenCancelOfTheLowestBuy()
    {
        var bot = new GridDrive { Settings = Rising }
            .Started()
            .Go(110);
        bot.Price(112).Last.ShouldNotContain(a => a is BotAction.Cancel, "above U + Δ, not at it");
        bot.Price(114.01m).Canceled.Count().ShouldBe(1);
        bot.Placed.ShouldBeEmpty();
        bot.ProveCancels();

        (bot.State.Lower, bot.State.Upper).ShouldBe((94, 114));
        bot.Buys.ShouldBe([94, 96, 98, 100, 102, 104, 106, 108, 110, 112]);
        bot.Empty.ShouldBe([114]);
    }

    [Fact]
    public void TrailingUp_WhenTheLowestBuyFilledMeanwhile_DoesNotTrail()
    {
        var bot = new GridDrive { Settings = Rising }
            .Started()
            .Go(110);
        bot.Price(112.01m);
        bot.Context = bot.Context with { Price = 89 };
        bot.Tell(bot.Filled(90));

        bot.State.Lower.ShouldBe(90);
        bot.Notes.ShouldContain(n => n.Contains("the range stays"));
    }

    [Fact]
    public void TrailingUp_StopsAtItsLimit()
    {
        var bot = new GridDrive { Settings = Rising with { TrailingUpLimit = 112 } }
            .Started()
            .Go(110);
        bot.Price(120).ProveCancels().Tell().ProveCancels();
        bot.State.Upper.ShouldBe(112);
    }

    [Fact]
    public void TrailingUp_ThatIsNotPaidFor_StaysAndSaysWhatItWaitsFor()
    {
        var settings = GridDrive.Example with { TrailingUp = true, TrailFunds = TrailFunds.Balance };
        var bot = new GridDrive { Settings = settings }
            .Started()
            .Go(110);
        bot.Context = bot.Context with { FreeQuote = 10 };
        bot.Price(113).Canceled.ShouldBeEmpty();
        bot.Notes.ShouldContain("Trailing waits for 10.4204 USDT.");
        bot.Context = bot.Context with { FreeQuote = 100 };
        bot.Tell().ProveCancels();
        (bot.State.Upper, bot.State.Invested).ShouldBe((112, 1020.4204m));
    }

    [Fact]
    public void TrailingUp_WithShrink_MakesTheNewLineSmaller()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { TrailingUp = true, TrailFunds = TrailFunds.Shrink } }
            .Started()
            .Go(110);
        bot.Price(113).ProveCancels();
        bot.At(110).Quantity.ShouldBe(0.83m);
    }

    [Fact]
    public void TrailingDown_KeepsTheCoins_AndTakesFreshQuote()
    {
        var settings = GridDrive.Example with { TrailingDown = true, TrailFunds = TrailFunds.Balance };
        var bot = new GridDrive { Settings = settings }
            .Started()
            .Go(90);
        bot.Price(87.99m).ProveCancels();

        (bot.State.Lower, bot.State.Upper, bot.State.Kept).ShouldBe((88, 108, 1.02m));
        bot.Buys.ShouldBe([88]);
        bot.State.Invested.ShouldBe(1000 + (88 * 1.02m * 1.001m));
    }

    [Fact]
    public void PumpGuard_NoStepWhileTheLastMinuteMovedMore()
    {
        var bot = new GridDrive { Settings = Rising }
            .Started()
            .Go(110);
        bot.Context = bot.Context with { LastMinuteMove = 6.01m };
        bot.Price(113).Canceled.ShouldBeEmpty();
        bot.Context = bot.Context with { LastMinuteMove = 6m };
        bot.Tell().Canceled.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(105, 103)]
    [InlineData(95, 97)]
    public void TriggerPrice_WaitsUntilItIsCrossedFromTheSideOfTheStart(double trigger, double nearer)
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { TriggerPrice = (decimal)trigger } };
        bot.Price(100).Price((decimal)nearer).Placed.ShouldBeEmpty();
        bot.Price((decimal)trigger).Placed.Single().Order.Draft.Type.ShouldBe(OrderType.Market);
        bot.State.StartPrice.ShouldBe((decimal)trigger);
    }

    [Theory]
    [InlineData(GridExit.SellBase, "0")]
    [InlineData(GridExit.KeepBase, "9.18")]
    public void StopPrice_CancelsAllProven_ThenSellsOrKeeps(GridExit action, string left)
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { StopLossPrice = 89, ExitAction = action } }
            .Started()
            .Go(92);
        bot.Price(88).Canceled.Count().ShouldBe(10);
        bot.Placed.ShouldBeEmpty();
        bot.ProveCancels();
        if (action == GridExit.SellBase)
        {
            bot.Placed.Single().Order.Draft.Quantity.ShouldBe(9.18m);
            bot.Tell(bot.Filled(bot.State.Orders.Single(), price: 88));
        }

        (bot.State.Phase, bot.State.Book.Held).ShouldBe((GridPhase.Over, decimal.Parse(left)));
    }

    [Fact]
    public void TakeProfitPrice_Closes()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { TakeProfitPrice = 107 } }
            .Started()
            .Go(106);
        bot.Price(107).ProveCancels();
        bot.State.Closing.ShouldBe(GridEnd.TakeProfit);
    }

    [Fact]
    public void InitialBuyPartlyFilled_NearestLinesFirst_AndTheTopOnesWaitForCoins()
    {
        var bot = new GridDrive().Price(100);
        var initial = bot.State.Orders.Single();
        bot.Tell(bot.Filled(initial, 2.5m));
        bot.Tell(new BotEvent.Ended(initial.Key, BotOrderEnd.Expired, 2.5m));

        bot.Sells.ShouldBe([102, 104]);
        bot.Buys.Count().ShouldBe(5);
        bot.State.Cells.Count(c => c.Problem == "waits for coins").ShouldBe(3);
        bot.State.Carry.ShouldBe(0.46m);
        bot.After(3600).Placed.ShouldBeEmpty("never a second market buy without the user");
    }

    [Fact]
    public void StartWithOwnBase_BuysOnlyWhatIsMissing()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { UseOwnBase = 3 } }.Price(100);
        var size = GridSize.Of(bot.Settings, bot.Context.Market, bot.Context.Fees, 100);
        size.Total.ShouldBeLessThanOrEqualTo(1000);
        bot.Placed.Single().Order.Draft.Quantity.ShouldBe((5 * size.Quantity) - 3);
        bot.Tell(bot.Filled(bot.State.Orders.Single()));
        bot.Sells.Count().ShouldBe(5);
        bot.Split(100).Total.ShouldBe(-size.Initial * 100 * 0.001m);
    }

    [Fact]
    public void AddFunds_MakesNewPlacementsLarger_AndWithdrawingLeavesTheSize()
    {
        var bot = new GridDrive().Started();
        bot.Tell(new BotEvent.Invested(500)).Last.ShouldBeEmpty();
        bot.Tell(bot.Filled(102)).Placed.Single().Order.Draft.Quantity.ShouldBe(1.53m);
        bot.Tell(new BotEvent.Invested(-100_000));
        bot.Notes.ShouldContain(n => n.Contains("cannot be withdrawn"));
    }

    [Fact]
    public void RangeEditWhileRunning_KeepsEqualLines_AndSettlesTheCoinsByOneMarketOrder()
    {
        var bot = new GridDrive().Started();
        bot.Settings = bot.Settings with { Lower = 94, Upper = 118, Grids = 12 };
        bot.Tell(new BotEvent.RangeEdited()).Canceled.Count().ShouldBe(2);
        bot.ProveCancels().Placed.Single().Order.Draft.Quantity.ShouldBe(4.08m);
        bot.Tell(bot.Filled(bot.State.Orders.Single(o => o.Type == OrderType.Market)));
        bot.Buys.ShouldBe([94, 96, 98]);
        bot.Sells.ShouldBe([102, 104, 106, 108, 110, 112, 114, 116, 118]);
        bot.Empty.ShouldBe([100]);
        bot.Split(101).Difference.ShouldBe(0);
    }

    [Fact]
    public void RangeEditWhileRunning_SellsTheCoinsThatAreLeftOver()
    {
        var bot = new GridDrive().Started();
        bot.Settings = bot.Settings with { Upper = 104, Grids = 7 };
        bot.Tell(new BotEvent.RangeEdited()).ProveCancels().Placed.Single().Order.Draft.Quantity.ShouldBe(3.06m);
        bot.Tell(bot.Filled(bot.State.Orders.Single(o => o.Type == OrderType.Market), price: 101));

        bot.Sells.ShouldBe([102, 104]);
        bot.State.Phase.ShouldBe(GridPhase.Running);
        bot.Split(101).Difference.ShouldBe(0);
        bot.State.ClosedProfit.ShouldBe((3.06m * 101 * 0.999m) - (3.06m * 100.1m));
    }

    [Fact]
    public void OrderVanished_IsPutBackWithTheNextGeneration()
    {
        var bot = new GridDrive().Started();
        var before = bot.At(96).Generation;
        bot.End(96, BotOrderEnd.NotPlaced);
        bot.At(96).Generation.ShouldBeGreaterThan(before);
    }

    [Fact]
    public void UserCancelsOneOfOurOrders_IsPutBackOncePerHour_ThenAsked()
    {
        var bot = new GridDrive().Started();
        bot.End(96).Placed.Single().Order.Draft.Price.ShouldBe(96);
        bot.After(60).End(96).Placed.ShouldBeEmpty();
        bot.State.Cells[3].Status.ShouldBe(LineStatus.CancelledByYou);
        bot.Tell(new BotEvent.LineAnswered("g3", true)).Placed.Single().Order.Draft.Price.ShouldBe(96);
    }

    [Fact]
    public void EndedSoAsNotToTradeWithOurselves_IsPutBackOneTickAwayOnce_ThenNeedsYou()
    {
        var bot = new GridDrive().Started();
        bot.End(96, BotOrderEnd.Expired).Placed.Single().Order.Draft.Price.ShouldBe(95.99m);
        bot.End(95.99m, BotOrderEnd.Expired).Placed.ShouldBeEmpty();
        bot.State.Cells[3].Status.ShouldBe(LineStatus.NeedsYou);
    }

    [Fact]
    public void Finish_SellsWhatIsHeldAtItsLines_AndEntersNoMore()
    {
        var bot = new GridDrive().Started();
        bot.Tell(new BotEvent.FinishAsked()).ProveCancels();
        bot.Buys.ShouldBeEmpty();
        bot.Go(111);
        (bot.State.Phase, bot.State.Book.Held).ShouldBe((GridPhase.Over, 0));
    }

    [Fact]
    public void Close_CancelsAllProvenThenSellsWhatTheBotHolds_AndNamesDust()
    {
        var bot = new GridDrive();
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0.001m, FeeCoin.Base) };
        bot.Started();
        bot.Tell(new BotEvent.CloseAsked()).ProveCancels().Placed.Single().Order.Draft.Quantity.ShouldBe(5.10m);
        bot.Tell(bot.Filled(bot.State.Orders.Single()));
        bot.State.Book.Held.ShouldBe(5.11m - 0.00511m - 5.10m);
        bot.Notes.Last().ShouldContain("too little to be sold");
    }

    [Fact]
    public void ProfitInBase_SellsOnlyWhatPaysForTheNextBuy()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { ProfitCurrency = ProfitCurrency.Base } };
        bot.Context = bot.Context with { Market = BotMarkets.Of(0.01m, 0.0001m) };
        bot.Started();
        bot.Tell(bot.Filled(98));
        bot.At(100).Quantity.ShouldBeLessThan(bot.At(96).Quantity);
        bot.Tell(bot.Filled(100));
        bot.State.Kept.ShouldBeGreaterThan(0);
        bot.Buys.ShouldContain(98);
    }

    [Fact]
    public void Short_IsTheMirror()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { Direction = BotDirection.Short } }.Price(100);
        bot.Placed.Single().Order.Draft.Side.ShouldBe(OrderSide.Sell);
        bot.Tell(bot.Filled(bot.State.Orders.Single()));
        bot.Buys.ShouldBe([90, 92, 94, 96, 98]);
        bot.Sells.ShouldBe([102, 104, 106, 108, 110]);
        bot.Tell(bot.Filled(102));
        bot.Buys.ShouldBe([90, 92, 94, 96, 98, 100]);
        bot.Tell(bot.Filled(100));
        bot.State.GridProfit.ShouldBe(bot.State.Cells[0].Quantity * ((102 * 0.999m) - (100 * 1.001m)));
    }
}
