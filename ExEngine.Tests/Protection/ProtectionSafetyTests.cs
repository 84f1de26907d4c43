using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Protection.ProtectionWorld;

namespace ExEngine.Tests.Protection;

/// <summary>Halts, old prices, trades that are told late, maxima, re-entries: what stays protected, and what says that it is not.</summary>
public sealed class ProtectionSafetyTests
{
    private static readonly StopLossPlan TwoPercent = new() { Percent = 2 };
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void EverythingIsHalted_TheStopStaysWhereItRestsAndSaysSo()
    {
        var world = new ProtectionWorld(PlanOf(new StopLossPlan { TrailPercent = 10 }, new TakeProfitPlan { Percent = 20, Share = 50 }));
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        var stop = world.Stop;
        world.MayPlace = false;
        world.Ticks(121m);
        world.Settle();

        (world.Stop, world.Stop.CancelRequestedAt, world.Stop.StopPrice).ShouldBe((stop, null, 90m));
        world.Plan!.State.Problem!.ShouldContain("Everything is halted");
        world.Plan.State.IsAlarmed.ShouldBeFalse("It is under its stop.");

        world.MayPlace = true;
        world.Settle();
        world.Position.Quantity.ShouldBe(0.5m);
        (world.Stop.StopPrice, world.Plan.State.Problem).ShouldBe((108.9m, null));
    }

    [Fact]
    public void EverythingIsHaltedAndThePriceFallsThrough_NothingIsSoldLaterForThat()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent)) { StopsRest = false };
        world.Buys(1m);
        world.MayPlace = false;
        world.Ticks(97m);
        world.Settle();
        world.Passes(ProtectionCover.Grace);
        world.Settle();
        world.Plan!.State.IsAlarmed.ShouldBeTrue("Nothing protects it.");

        world.Ticks(101m);
        world.MayPlace = true;
        world.Settle();

        (world.Position.Quantity, world.Plan!.State.IsAlarmed).ShouldBe((1m, false));
    }

    [Fact]
    public void PriceFromBeforeTheFill_SellsNothingAndIsAskedForAnew()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent)) { StopsRest = false };
        world.Ticks(97m);
        world.PassesUnheard(Second);
        world.Buys(1m);

        var step = world.Look()!;

        (step.Acts.Count, step.NeedsPrice, step.LookAgainAt).ShouldBe((0, true, world.Now + Second));
        world.Ticks(97m);
        world.Look()!.Acts.ShouldContain(a => a is ProtectionAct.Place);
    }

    [Theory]
    [InlineData("2.5", true)]
    [InlineData("2.6", false)]
    public void PriceOfTwoAndAHalfSeconds_IsTheLastOneThatSells(string seconds, bool sells)
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent)) { StopsRest = false };
        world.Buys(1m);
        world.Settle();
        world.Passes(Second);
        world.Ticks(97m);
        world.PassesUnheard(TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));

        (world.Look()!.Acts.Count > 0).ShouldBe(sells);
    }

    [Fact]
    public void TradesAreNotTold_WhatWasExecutedGetsItsStopAndIsCorrected()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent) with { IsArmed = true });
        world.Fill(world.Entry, 1m, 100m, isKnown: false);
        world.Settle();

        // Without a stated rate 0.2 % may be taken as fee: 100 / 0.998 less 2 %.
        (world.Stop.Quantity, world.Stop.StopPrice).ShouldBe((0.998m, 98.20m));

        world.Know();
        world.Settle();
        (world.Stop.Quantity, world.Stop.StopPrice).ShouldBe((1m, 98m));
    }

    [Fact]
    public void MoreThanOneOrderMaySell_SeveralStopsRestAndWhatIsLeftOverIsWatched()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent), MarketsOf.BtcUsdt with { MaxQuantity = 0.4m });
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        world.Live.Select(o => o.Quantity).ShouldBe([0.4m, 0.4m, 0.2m]);

        world.Buys(0.3m, 100m);
        world.Settle();
        world.Live.Select(o => o.Quantity).ShouldBe([0.4m, 0.4m, 0.4m, 0.1m], "Full ones stay where they rest.");

        world.Buys(0.7m, 100m);
        world.Settle();
        world.Live.Sum(o => o.Quantity).ShouldBe(1.6m);
        world.End(world.Entry, OrderStatus.Canceled);
        world.Ticks(97m);
        world.Look();
        var rest = world.Live.Where(o => o.Type == OrderType.Market).ToList();
        rest.Sum(o => o.Quantity).ShouldBe(0.4m);
        foreach (var stop in world.Live.Where(o => o.Type == OrderType.Stop).ToList())
        {
            world.Fill(stop, stop.Remaining, 97m);
        }

        world.Settle();
        (world.Position.Quantity, world.Plan).ShouldBe((0m, null));
    }

    [Fact]
    public void MaximumOfCost_SplitsTheStopToo()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent), MarketsOf.BtcUsdt with { MaxNotional = 49m });
        world.Buys(1m);
        world.Settle();

        world.Live.Select(o => o.Quantity).ShouldBe([0.5m, 0.5m]);
    }

    [Fact]
    public void ShareAfterASaleByHand_IsOfWhatIsHeldNow()
    {
        var world = new ProtectionWorld(
            PlanOf(null, new TakeProfitPlan { Percent = 5, Share = 50 }, new TakeProfitPlan { Percent = 10, Share = 50 })
        );
        world.Buys(1m);
        world.Ticks(100m);
        world.Settle();
        world.TakeProfits.Select(o => o.Quantity).ShouldBe([0.5m, 0.5m]);
        foreach (var order in world.TakeProfits.ToList())
        {
            world.End(order, OrderStatus.Canceled);
        }

        world.Settle();
        var sale = world.New(OrderOrigin.Button, "order", Market(0.6m), Guid.NewGuid());
        world.Fill(sale, 0.6m, 100m);
        world.Passes(TimeSpan.FromMinutes(1));
        world.Settle();

        world.TakeProfits.Select(o => o.Quantity).ShouldBe([0.2m, 0.2m]);
    }

    [Fact]
    public void TargetThatWasHit_IsNotHitAgainByWhatIsBoughtLater()
    {
        var world = new ProtectionWorld(
            PlanOf(TwoPercent, new TakeProfitPlan { Price = 105m, Share = 50 }, new TakeProfitPlan { Price = 110m, Share = 50 })
        );
        world.Buys(1m);
        world.Settle();
        world.Ticks(106m);
        world.Settle();
        (world.Position.Quantity, world.Plan!.TakeProfits[0].Hit).ShouldBe((0.5m, true));

        world.Buys(1m, 106m);
        world.Ticks(107m);
        world.Settle();
        world.Position.Quantity.ShouldBe(1.5m);

        world.Ticks(110m);
        world.Settle();
        world.Position.Quantity.ShouldBe(0m, "The last one takes what is held.");
    }

    [Fact]
    public void NeitherStopNorPrice_IsAnAlarmAfterAGraceAndEndsWithTheStop()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Look();
        world.Stop.Reason = "Too many stop orders.";
        world.End(world.Stop, OrderStatus.Rejected);
        world.Look()!.LookAgainAt.ShouldNotBeNull();
        world.Plan!.State.IsAlarmed.ShouldBeFalse();
        world.PassesUnheard(ProtectionCover.Grace);
        world.Plan = world.Plan with { State = world.Plan.State with { RetryAt = world.Now.AddMinutes(1) } };

        world.Look();
        world.Plan!.State.IsAlarmed.ShouldBeTrue();

        world.PassesUnheard(TimeSpan.FromMinutes(1));
        world.Settle();
        (world.Plan!.State.IsAlarmed, world.Plan.State.UncoveredSince).ShouldBe((false, null));
    }

    [Fact]
    public void StopThatIsRefusedAgainAndAgain_IsAnAlarmThoughItIsWatched()
    {
        var world = new ProtectionWorld(PlanOf(TwoPercent));
        world.Buys(1m);
        world.Ticks(100m);
        for (var i = 0; i < 3; i++)
        {
            world.Look();
            world.End(world.Stop, OrderStatus.Rejected);
            world.Look();
            world.Passes(TimeSpan.FromMinutes(1));
        }

        world.Plan!.State.IsAlarmed.ShouldBeTrue();
    }

    private static OrderDraft Market(decimal quantity) =>
        new()
        {
            Side = OrderSide.Sell,
            Type = OrderType.Market,
            Quantity = quantity,
        };
}
