using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Protection.ProtectionWorld;

namespace ExEngine.Tests.Protection;

/// <summary>Entries at 100 USDT; the market's tick is 0.01, its step 0.00001 and its minimum cost 5 USDT.</summary>
public sealed class ProtectionPlannerTests
{
    private static readonly StopLossPlan TwoPercent = new() { Percent = 2 };

    [Fact]
    public void FirstFillOfTheEntry_BringsTheStopAndEachFurtherOneResizesIt()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(0.4m);

        var step = world.Look()!;
        var place = step.Acts.ShouldHaveSingleItem().ShouldBeOfType<ProtectionAct.Place>();
        place.Leg.ShouldBe("stopLoss.1");
        place.Draft.ShouldBe(
            new OrderDraft
            {
                Side = OrderSide.Sell,
                Type = OrderType.Stop,
                Quantity = 0.4m,
                StopPrice = 98m,
                ReduceOnly = true,
            }
        );
        world.Settle();
        world.Buys(0.6m, 110m);
        world.Settle();

        (world.Stop.Quantity, world.Stop.StopPrice, world.Stop.Leg).ShouldBe((1m, 103.88m, "stopLoss.2"));
    }

    [Fact]
    public void FeeInBase_IsNotSold()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent)) { FeeInBase = 0.001m };
        world.Buys(0.33333m);
        world.Settle();

        // 0.33299667 are left.
        world.Stop.Quantity.ShouldBe(0.33299m);
    }

    [Fact]
    public void FillBelowTheMinimum_WaitsForMoreAndKeepsTheEntry()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(0.00001m);
        world.Settle();
        world.Live.ShouldBeEmpty();
        world.Entry.CancelRequestedAt.ShouldBeNull();
        world.Plan!.State.Problem.ShouldNotBeNull().ShouldContain("below the minimum of 5");

        world.Buys(0.5m);
        world.Settle();

        world.Stop.Quantity.ShouldBe(0.50001m);
        world.Plan!.State.Problem.ShouldBeNull();
    }

    [Fact]
    public void TakeProfitIsReached_StopIsCancelledProvenAndBothArePlaced()
    {
        var world = new ProtectionWorld(
            PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5, Share = 50 }, new TakeProfitPlan { Percent = 10, Share = 50 })
        );
        world.Buys(1m);
        world.Settle();
        var stop = world.Stop;
        world.Ticks(105.20m);

        world.Look()!.Acts.ShouldBe([new ProtectionAct.Cancel(stop.Id)]);
        world.Look()!.Acts.ShouldBeEmpty();
        world.End(stop, OrderStatus.Canceled);
        var acts = world.Look()!.Acts.Cast<ProtectionAct.Place>().ToList();

        acts.Select(a => a.Leg).ShouldBe(["takeProfit1.2", "stopLoss.3"]);
        acts[0]
            .Draft.ShouldBe(
                new OrderDraft
                {
                    Side = OrderSide.Sell,
                    Type = OrderType.Limit,
                    Price = 105m,
                    Quantity = 0.5m,
                    TimeInForce = TimeInForce.ImmediateOrCancel,
                    ReduceOnly = true,
                }
            );
        (acts[1].Draft.Quantity, acts[1].Draft.StopPrice).ShouldBe((0.5m, 98m));
        world.Settle();
        world.Position.Quantity.ShouldBe(0.5m);
        world.Plan!.TakeProfits[0].Sold.ShouldBe(0.5m);
    }

    [Fact]
    public void StopSellsWhileItIsBeingCancelled_TheTakeProfitIsOver()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5 }));
        world.Buys(1m);
        world.Settle();
        world.Ticks(106m);
        world.Look();

        world.Fill(world.Stop, 1m);
        world.End(world.Entry, OrderStatus.Canceled);
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
        world.Plan.ShouldBeNull();
        world.Orders.Count(o => o.Origin == OrderOrigin.Protection).ShouldBe(1);
    }

    [Fact]
    public void StopSellsAPart_TheRestFollowsAtMarket()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        var stop = world.Stop;
        world.Fill(stop, 0.3m);
        world.Settle();
        world.Live.ShouldBe([stop]);

        world.End(stop, OrderStatus.Expired);
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
        world.Orders.Last().ShouldSatisfyAllConditions(o => o.Type.ShouldBe(OrderType.Market), o => o.FilledQuantity.ShouldBe(0.7m));
    }

    [Fact]
    public void PriceComesBackBeforeTheTakeProfit_StopIsPlacedForAllAgain()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5, Share = 50 }));
        world.Buys(1m);
        world.Settle();
        world.Ticks(105m);
        world.Look();
        world.Ticks(104m);
        world.Settle();

        (world.Stop.Quantity, world.TakeProfits.Count()).ShouldBe((1m, 0));
    }

    [Fact]
    public void TakeProfitFindsNoBuyer_IsTriedAgainAfterFiveSeconds()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5, Share = 50 }));
        world.Buys(1m);
        world.Settle();
        world.Ticks(105m);
        world.Look();
        world.End(world.Stop, OrderStatus.Canceled);
        world.Look();
        world.End(world.TakeProfits.Single(), OrderStatus.Expired);
        world.Send(world.Stop);

        var step = world.Look()!;
        step.LookAgainAt.ShouldBe(world.Now.AddSeconds(5));
        world.Settle();
        world.Stop.Quantity.ShouldBe(1m);
        world.Passes(TimeSpan.FromSeconds(5));
        world.Settle();

        world.Position.Quantity.ShouldBe(0.5m);
    }

    [Fact]
    public void FirstTakeProfitSold_StopGoesToWhereBothFeesAreEarned()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent with { BreakEven = true }, new TakeProfitPlan { Percent = 5, Share = 50 }));
        world.Buys(1m, 100.005m);
        world.Settle();
        world.Stop.StopPrice.ShouldBe(98.01m);

        world.Ticks(106m);
        world.Settle();

        // 100.005 / 0.998: the entry's fee is in the average, the exit's is still to be paid.
        (world.Stop.StopPrice, world.Stop.Quantity).ShouldBe((100.21m, 0.5m));
    }

    [Fact]
    public void TrailingStop_FollowsInStepsThatMatterAndNeverGoesDown()
    {
        var world = new ProtectionWorld(PlanOf(new StopLossPlan { TrailPercent = 10 }));
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        world.Stop.StopPrice.ShouldBe(90m);

        // A tenth of the distance of 10 is 1: at 101 the stop would gain 0.9 only.
        world.Ticks(101m);
        world.Settle();
        world.Stop.StopPrice.ShouldBe(90m);
        world.Ticks(102m);
        world.Settle();
        world.Stop.StopPrice.ShouldBe(91.8m);
        world.Ticks(95m);
        world.Settle();

        world.Stop.StopPrice.ShouldBe(91.8m);
        world.Plan!.State.High.ShouldBe(102m);
    }

    [Fact]
    public void StopBelowAnAverageWithManyDigits_HasTheDecimalsOfTheTickOnly()
    {
        var world = new ProtectionWorld(PlanOf(new StopLossPlan { Percent = 10 })) { FeeInBase = 0.0005m };
        world.Buys(0.5m);
        world.Ticks(100m);
        world.Settle();

        world.Stop.StopPrice!.Value.Scale.ShouldBeLessThanOrEqualTo((byte)2);
        world.Stop.StopPrice.Value.ShouldBeGreaterThan(90m);
    }

    [Fact]
    public void TrailingAmountAboveAFixedStop_TheHigherOneCounts()
    {
        var world = new ProtectionWorld(PlanOf(new StopLossPlan { Price = 97m, TrailAmount = 5m }));
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        world.Stop.StopPrice.ShouldBe(97m);

        world.Ticks(110m);
        world.Settle();

        world.Stop.StopPrice.ShouldBe(105m);
    }

    [Fact]
    public void PriceIsThroughTheStopAlready_AllIsSoldAtMarketAndTheEntryEnds()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Ticks(97m);

        var acts = world.Look()!.Acts;
        acts[0].ShouldBe(new ProtectionAct.Cancel(world.Entry.Id));
        acts[1]
            .ShouldBeOfType<ProtectionAct.Place>()
            .Draft.ShouldBe(
                new OrderDraft
                {
                    Side = OrderSide.Sell,
                    Type = OrderType.Market,
                    Quantity = 1m,
                    ReduceOnly = true,
                }
            );
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
        world.Plan.ShouldBeNull();
    }

    [Fact]
    public void OldPrice_TriggersNothing()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Ticks(97m);
        world.Passes(TimeSpan.Zero);
        typeof(ProtectionWorld)
            .GetProperty(nameof(ProtectionWorld.Price))!
            .SetValue(world, world.Price! with { At = world.Now.AddMinutes(-2) });

        world.Look()!.Acts.ShouldHaveSingleItem().ShouldBeOfType<ProtectionAct.Place>().Draft.Type.ShouldBe(OrderType.Stop);
    }

    [Fact]
    public void StopIsRefused_IsTriedAgainLaterAndSaysWhy()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Ticks(100m);
        world.Look();
        world.Stop.Reason = "Too many stop orders.";
        world.End(world.Stop, OrderStatus.Rejected);

        var step = world.Look()!;

        step.Acts.ShouldBeEmpty();
        step.LookAgainAt.ShouldBe(world.Now.AddSeconds(5));
        world.Plan!.State.Problem!.ShouldContain("Too many stop orders.");
        world.Passes(TimeSpan.FromSeconds(5));
        world.Settle();
        world.Stop.Status.ShouldBe(OrderStatus.Open);
        world.Plan!.State.ShouldSatisfyAllConditions(s => s.Problem.ShouldBeNull(), s => s.Failures.ShouldBe(0));
    }

    [Fact]
    public void StopIsRefusedAndThePriceFalls_AllIsSoldAtOnce()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Look();
        world.End(world.Stop, OrderStatus.Rejected);
        world.Look();
        world.Ticks(98m);

        world.Settle();

        world.Position.Quantity.ShouldBe(0);
    }

    [Fact]
    public void StopThatSomeoneElseCancelled_ComesBack()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        world.End(world.Stop, OrderStatus.Canceled);
        world.Settle();
        world.Live.ShouldBeEmpty();

        world.Passes(TimeSpan.FromSeconds(5));
        world.Settle();

        world.Stop.Quantity.ShouldBe(1m);
    }

    [Fact]
    public void StopLimit_SellsHalfAPercentBelowUnlessTold()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent with { OrderType = OrderType.StopLimit }));
        world.Buys(1m);
        world.Settle();

        (world.Stop.Type, world.Stop.StopPrice, world.Stop.Price, world.Stop.TimeInForce).ShouldBe(
            (OrderType.StopLimit, 98m, 97.51m, TimeInForce.GoodTillCancelled)
        );
    }

    [Fact]
    public void NoStopLoss_TakeProfitsRestWithAPartOfTheCoinsEach()
    {
        var world = new ProtectionWorld(
            PlanOf(
                null,
                new TakeProfitPlan { Percent = 5, Share = 30 },
                new TakeProfitPlan { Amount = 8, Share = 30 },
                new TakeProfitPlan { Price = 111.115m, Share = 40 }
            )
        )
        {
            FeeInBase = 0.001m,
        };
        world.Buys(1m);
        world.Settle();

        // The average is 100 / 0.999 = 100.1001…; the last one takes the rest.
        world.TakeProfits.Select(o => (o.Quantity, o.Price)).ShouldBe([(0.2997m, 105.11m), (0.2997m, 108.11m), (0.3996m, 111.12m)]);
        world.TakeProfits.ShouldAllBe(o => o.TimeInForce == TimeInForce.GoodTillCancelled);
    }

    [Fact]
    public void TakeProfitTooSmallToBeSold_GoesWithTheNextAndTheLastWithTheOneBefore()
    {
        var world = new ProtectionWorld(
            PlanOf(
                null,
                new TakeProfitPlan { Percent = 5, Share = 10 },
                new TakeProfitPlan { Percent = 10, Share = 80 },
                new TakeProfitPlan { Percent = 20, Share = 10 }
            )
        );
        world.Buys(0.3m);
        world.Settle();

        world.TakeProfits.Select(o => (o.Leg, o.Quantity, o.Price)).ShouldBe([("takeProfit2.1", 0.3m, 110m)]);
    }

    [Fact]
    public void TakeProfitsRestAndMoreIsBought_EachIsResized()
    {
        var world = new ProtectionWorld(
            PlanOf(null, new TakeProfitPlan { Percent = 5, Share = 50 }, new TakeProfitPlan { Percent = 10, Share = 50 })
        );
        world.Buys(1m);
        world.Settle();
        world.Buys(1m);
        world.Settle();

        world.TakeProfits.Select(o => o.Quantity).ShouldBe([1m, 1m]);
    }

    [Fact]
    public void ExchangeTakesNoStops_StopIsWatchedAndFreesTheTakeProfitsFirst()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5 })) { StopsRest = false };
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        var resting = world.Live.ShouldHaveSingleItem();
        resting.Leg.ShouldBe("takeProfit1.1");
        world.End(world.Entry, OrderStatus.Canceled);

        world.Ticks(97.9m);
        world.Look()!.Acts.ShouldBe([new ProtectionAct.Cancel(resting.Id)]);
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
        world.Orders.Last().Type.ShouldBe(OrderType.Market);
    }

    [Fact]
    public void TakeProfitAtMarket_IsWatched()
    {
        var world = new ProtectionWorld(PlanOf(null, new TakeProfitPlan { Percent = 5, OrderType = OrderType.Market }));
        world.Buys(1m);
        world.Ticks(104m);
        world.Settle();
        world.Live.ShouldBeEmpty();

        world.Ticks(105m);
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
    }

    [Fact]
    public void WhatATakeProfitLeavesIsTooSmallForAStop_ItTakesItAlong()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent, new TakeProfitPlan { Percent = 5, Share = 96 }));
        world.Buys(1m);
        world.Settle();
        world.Ticks(105m);
        world.Settle();

        world.Position.Quantity.ShouldBe(0);
    }

    [Fact]
    public void PositionIsClosedByOthers_ProtectionEndsAndSoDoesTheEntry()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        world.Paused = true;
        world.Stop.CancelRequestedAt = world.Now;
        world.End(world.Stop, OrderStatus.Canceled);
        world.Look()!.Acts.ShouldBeEmpty();
        var exit = world.New(
            OrderOrigin.Signal,
            "exit",
            new OrderDraft
            {
                Side = OrderSide.Sell,
                Type = OrderType.Market,
                Quantity = 1m,
            },
            Guid.NewGuid()
        );
        world.Paused = false;
        world.Look()!.Acts.ShouldBeEmpty("Its coins are spoken for.");
        world.Fill(exit, 1m);

        world.Look()!.Acts.ShouldBe([new ProtectionAct.Cancel(world.Entry.Id)]);
        world.Plan.ShouldNotBeNull("The entry may still buy.");
        world.Fill(world.Entry, 0.1m);
        world.End(world.Entry, OrderStatus.Canceled);
        world.Settle();
        world.Stop.Quantity.ShouldBe(0.1m);
    }

    [Fact]
    public void ExecutedButNotYetCounted_IsNotSoldTwice()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        world.Fill(world.Stop, 1m, isKnown: false);

        world.Look()!.Acts.ShouldBe([new ProtectionAct.Cancel(world.Entry.Id)]);
        world.End(world.Entry, OrderStatus.Canceled);
        world.Look()!.Acts.ShouldBeEmpty();
        world.Position.Quantity.ShouldBe(1m);
        world.Know();
        world.Settle();

        world.Plan.ShouldBeNull();
    }

    [Fact]
    public void AnotherPlan_TakesOverWhenTheFormerOnesOrdersAreOver()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        var former = world.Stop;
        world.Plan = PlanOf(new StopLossPlan { Percent = 1 }) with { Id = Guid.NewGuid() };

        world.Look()!.Acts.ShouldBe([new ProtectionAct.Cancel(former.Id)]);
        world.Settle();

        (world.Stop.StopPrice, world.Stop.Quantity).ShouldBe((99m, 1m));
    }

    [Fact]
    public void PlanThatCameWithAnEntry_BeginsWithItsFirstFillAndTheFormerOneHoldsUntilThen()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        var former = world.Stop;
        var signal = Guid.NewGuid();
        var entry = world.New(
            OrderOrigin.Signal,
            "enter",
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = 1m,
                Price = 90m,
            },
            signal
        );
        entry.Status = OrderStatus.Open;
        world.Plan = PlanOf(new StopLossPlan { Percent = 10 }) with
        {
            Id = signal,
            Signals = [SignalId, signal],
            IsArmed = true,
            Former = world.Plan,
        };
        world.Settle();
        world.Live.ShouldBe([former]);
        world.Buys(1m);
        world.Settle();
        (world.Stop.Quantity, world.Stop.StopPrice).ShouldBe((2m, 98m));

        world.Fill(entry, 1m);
        world.Settle();

        // 290 / 3 less 10 % is 87, of 3.
        (world.Stop.Quantity, world.Stop.StopPrice, world.Stop.OriginId).ShouldBe((3m, 87m, signal));
        world.Plan!.Former.ShouldBeNull();
    }

    [Fact]
    public void EntryThatBuysNothing_LeavesTheFormerPlan()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        var former = world.Plan!;
        var signal = Guid.NewGuid();
        var entry = world.New(
            OrderOrigin.Signal,
            "enter",
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = 1m,
                Price = 90m,
            },
            signal
        );
        world.Plan = PlanOf(new StopLossPlan { Percent = 10 }) with { Id = signal, IsArmed = true, Former = former };
        world.Settle();
        world.Plan!.IsArmed.ShouldBeTrue();

        world.End(entry, OrderStatus.Canceled);
        world.Settle();

        world.Plan!.Id.ShouldBe(former.Id);
        world.Stop.StopPrice.ShouldBe(98m);
    }

    [Fact]
    public void FirstEntryBuysNothing_PlanEnds()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent) with { IsArmed = true });
        world.Look()!.IsChanged.ShouldBeFalse();
        world.Plan.ShouldNotBeNull();

        world.End(world.Entry, OrderStatus.Rejected);
        world.Look();

        world.Plan.ShouldBeNull();
    }

    [Fact]
    public void StopIsHitWhileAnotherEntryWaits_ItsPlanStaysArmed()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Settle();
        var signal = Guid.NewGuid();
        var entry = world.New(
            OrderOrigin.Signal,
            "enter",
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = 1m,
                Price = 90m,
            },
            signal
        );
        world.Plan = PlanOf(new StopLossPlan { Percent = 10 }) with
        {
            Id = signal,
            Signals = [SignalId, signal],
            IsArmed = true,
            Former = world.Plan,
        };
        world.Fill(world.Stop, 1m);
        world.Settle();
        (world.Plan!.IsArmed, world.Plan.Former, entry.CancelRequestedAt).ShouldBe((true, null, null));

        world.Fill(entry, 0.5m);
        world.Settle();

        (world.Stop.Quantity, world.Stop.StopPrice).ShouldBe((0.5m, 81m));
    }

    [Fact]
    public void EntryThatWasChangedAfterItBought_IsProtectedByItsPlan()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        var signal = Guid.NewGuid();
        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = 1m,
            Price = 90m,
        };
        var entry = world.New(OrderOrigin.Signal, "enter", draft, signal);
        world.Plan = PlanOf(new StopLossPlan { Percent = 10 }) with { Id = signal, Signals = [signal], IsArmed = true };

        // The fill and the cancel came in one answer, and the newest generation has bought nothing.
        world.Fill(entry, 0.5m);
        entry.Status = OrderStatus.Canceled;
        world.New(OrderOrigin.Signal, "enter", draft, signal).Status = OrderStatus.Open;
        world.Settle();

        (world.Stop.Quantity, world.Stop.StopPrice).ShouldBe((0.5m, 81m));
    }
}
