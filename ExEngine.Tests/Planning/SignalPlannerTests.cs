using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Protection;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Planning.Plans;

namespace ExEngine.Tests.Planning;

public sealed class SignalPlannerTests
{
    private static readonly SignalDraft Long = Buy with { Sentiment = Sentiment.Long };

    // What is done with 0.1 BTC held, by action, sentiment and direction: buy and sell the stated 0.02, sell all, or nothing.
    [Theory]
    [InlineData(SignalAction.Buy, null, null, "buy 0.02")]
    [InlineData(SignalAction.Buy, Sentiment.Long, null, "buy 0.02")]
    [InlineData(SignalAction.Buy, Sentiment.Flat, null, "nothing")]
    [InlineData(SignalAction.Buy, Sentiment.Short, null, "nothing")]
    [InlineData(SignalAction.Buy, null, Direction.Short, "nothing")]
    [InlineData(SignalAction.Sell, null, null, "sell 0.02")]
    [InlineData(SignalAction.Sell, Sentiment.Long, null, "sell 0.02")]
    [InlineData(SignalAction.Sell, Sentiment.Flat, null, "sell 0.1")]
    [InlineData(SignalAction.Sell, Sentiment.Short, null, "sell 0.1")]
    [InlineData(SignalAction.Sell, null, Direction.Short, "sell 0.1")]
    [InlineData(SignalAction.Sell, null, Direction.Long, "sell 0.02")]
    [InlineData(SignalAction.Exit, null, null, "sell 0.02")]
    [InlineData(SignalAction.Exit, null, Direction.Long, "sell 0.02")]
    [InlineData(SignalAction.Exit, Sentiment.Flat, null, "sell 0.1")]
    [InlineData(SignalAction.Exit, Sentiment.Short, null, "sell 0.1")]
    [InlineData(SignalAction.Exit, null, Direction.Short, "nothing")]
    [InlineData(SignalAction.Add, null, null, "buy 0.02")]
    [InlineData(SignalAction.Add, null, Direction.Short, "nothing")]
    [InlineData(SignalAction.Cancel, Sentiment.Short, null, "nothing")]
    public void Intent_FollowsTheTargetThenTheAction(SignalAction action, Sentiment? sentiment, Direction? direction, string expected)
    {
        var step = SignalPlanner.Next(
            Of(
                new SignalDraft
                {
                    Action = action,
                    Sentiment = sentiment,
                    Direction = direction,
                    Quantity = 0.02m,
                },
                held: 0.1m
            )
        );

        var did = step is PlanStep.Place { Draft: var d } ? $"{d.Side.ToString().ToLowerInvariant()} {d.Quantity}" : "nothing";
        did.ShouldBe(expected);
        step.ShouldNotBeOfType<PlanStep.Refuse>();
        (step as PlanStep.Done)?.Note.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void SizeByRisk_IsForEntries() =>
        Refused(Of(Exit with { Size = new SignalSize(SizeMode.RiskPercent, 1m) }, held: 0.1m)).Code.ShouldBe(PlanCodes.SizeUnsuited);

    [Fact]
    public void SecondBuyWhileLong_AddsItsStatedSize() => Placed(Of(Long, held: 0.1m)).Draft.Quantity.ShouldBe(0.01m);

    [Fact]
    public void AddWithoutAPosition_IsRefused() => Refused(Of(Buy with { Action = SignalAction.Add })).Code.ShouldBe(PlanCodes.NoPosition);

    [Theory]
    [InlineData("0.3", 0.1, "0.2")]
    [InlineData("0.1", 0.1, null)]
    [InlineData("0.05", 0.1, null)]
    public void BuyThatStatesOnlyThePositionAfterwards_BuysWhatIsMissing(string target, double held, string? bought)
    {
        var context = Of(
            new SignalDraft
            {
                Action = SignalAction.Buy,
                Sentiment = Sentiment.Long,
                PositionSize = Number(target),
            },
            (decimal)held
        ) with
        {
            Price = At50000,
        };

        if (bought is null)
        {
            Note(context)!.ShouldContain("already");
        }
        else
        {
            Placed(context).Draft.Quantity.ShouldBe(Number(bought));
        }
    }

    [Fact]
    public void ReversalFromShort_BuysOnlyWhatIsHeldAfterwards()
    {
        var place = Placed(Of(Long with { Quantity = 0.3m, PreviousSentiment = Sentiment.Short, PositionSize = 0.1m }));

        place.Draft.Quantity.ShouldBe(0.1m);
        place.Rounded.ShouldBe([new RoundedNumber("quantity", "0.3", "0.1")]);
    }

    [Fact]
    public void OffStepNumber_IsRefusedOrRoundedAndShown()
    {
        var draft = Buy with { OrderType = OrderType.Limit, Price = 50_000.005m, Quantity = 0.010004m };

        Refused(Of(draft)).Code.ShouldBe(RefusalCodes.PriceOffTick);
        var place = Placed(Of(draft, rounding: Rounding.Round));
        (place.Draft.Price, place.Draft.Quantity).ShouldBe((50_000m, 0.01m));
        place.Rounded.ShouldBe([new RoundedNumber("price", "50000.005", "50000.00"), new RoundedNumber("quantity", "0.010004", "0.01000")]);
    }

    [Fact]
    public void RefusedPlan_CancelsNothingFirst()
    {
        var stop = Order(OrderOrigin.Protection, OrderSide.Sell, 0.1m);

        Refused(Of(Exit with { OrderType = OrderType.Limit, Price = 60_000.001m }, held: 0.1m) with { OpenOrders = [stop] })
            .Code.ShouldBe(RefusalCodes.PriceOffTick);
    }

    [Theory]
    [InlineData(OrderStatus.Planned)]
    [InlineData(OrderStatus.Submitting)]
    [InlineData(OrderStatus.Unknown)]
    [InlineData(OrderStatus.NeedsOperator)]
    public void AnotherOrderOfTheSymbolIsUnderWay_Waits(OrderStatus status) =>
        SignalPlanner
            .Next(Of(Buy) with { OpenOrders = [Order(OrderOrigin.Button, OrderSide.Buy, 1m, status)] })
            .ShouldBeOfType<PlanStep.Wait>();

    [Fact]
    public void Entry_CancelsWhatAnEarlierSignalStillSellsAndNothingElse()
    {
        var exit = Order(OrderOrigin.Signal, OrderSide.Sell, 0.02m, leg: "exit");
        Order[] others =
        [
            Order(OrderOrigin.Signal, OrderSide.Buy, 0.02m),
            Order(OrderOrigin.Protection, OrderSide.Sell, 0.02m),
            Order(OrderOrigin.Button, OrderSide.Sell, 0.02m),
        ];

        SignalPlanner
            .Next(Of(Buy, held: 0.1m) with { OpenOrders = [exit, .. others] })
            .ShouldBeOfType<PlanStep.Cancel>()
            .OrderIds.ShouldBe([exit.Id]);
        Placed(Of(Buy, held: 0.1m) with { OpenOrders = others });
    }

    [Fact]
    public void ToldToCancel_CancelsAllButProtectionAndBots()
    {
        Order[] orders = [.. Enum.GetValues<OrderOrigin>().Select(o => Order(o, OrderSide.Buy, 0.02m))];

        foreach (
            var draft in new[]
            {
                Buy with
                {
                    CancelOpen = true,
                },
                new SignalDraft { Action = SignalAction.Cancel },
            }
        )
        {
            SignalPlanner
                .Next(Of(draft) with { OpenOrders = orders })
                .ShouldBeOfType<PlanStep.Cancel>()
                .OrderIds.ShouldBe([orders[(int)OrderOrigin.Signal].Id, orders[(int)OrderOrigin.Button].Id]);
        }

        Note(Of(new SignalDraft { Action = SignalAction.Cancel }) with { OpenOrders = [orders[(int)OrderOrigin.Protection]] })!
            .ShouldContain("keeps its protection");
    }

    [Fact]
    public void LegThatExists_IsNeverPlacedAgain()
    {
        foreach (var (leg, status) in new[] { ("enter", OrderStatus.Submitting), ("enter", OrderStatus.Rejected) })
        {
            var own = Order(OrderOrigin.Signal, OrderSide.Buy, 0.01m, status, leg, SignalId);
            SignalPlanner.Next(Of(Buy, held: 1m) with { OwnOrders = [own], OpenOrders = [own] }).ShouldBeOfType<PlanStep.Done>();
        }
    }

    [Fact]
    public void EntryWithProtection_IsStoredWithTheEntryAndOnce()
    {
        var draft = Buy with
        {
            TakeProfits = [new TakeProfitStep { Percent = 2m, Share = 40m }, new TakeProfitStep { LimitPrice = 60_000m, Share = 60m }],
            StopLoss = new StopLoss
            {
                OrderType = OrderType.StopLimit,
                Amount = 500m,
                LimitPrice = 49_000m,
                BreakEven = true,
            },
        };
        var former = new ProtectionPlan { Id = Guid.NewGuid(), Signals = [Guid.NewGuid()] };
        var context = Of(draft, held: 0.1m) with
        {
            OwnOrders = [Order(OrderOrigin.Signal, OrderSide.Buy, 0.01m, OrderStatus.Submitting, "enter", SignalId)],
        };
        context.Position!.Protection = former.Write();

        var plan = SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Protect>().Plan;

        (plan.Id, plan.IsArmed, plan.Former!.Id).ShouldBe((SignalId, true, former.Id));
        plan.Signals.ShouldBe([former.Signals[0], SignalId]);
        plan.TakeProfits.ShouldBe([new TakeProfitPlan { Percent = 2m, Share = 40m }, new TakeProfitPlan { Price = 60_000m, Share = 60m }]);
        plan.StopLoss.ShouldBe(
            new StopLossPlan
            {
                OrderType = OrderType.StopLimit,
                Amount = 500m,
                LimitPrice = 49_000m,
                BreakEven = true,
            }
        );
        context.Position.Protection = ProtectionPlan.Read(plan.Write())!.Write();
        SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Done>();
    }

    [Theory]
    [InlineData(OrderType.Stop, null, "61000")]
    [InlineData(OrderType.StopLimit, "61000.5", "61000")]
    public void StopEntries_CarryTheirPricesAndAreSizedByThem(OrderType type, string? price, string stop)
    {
        var draft = new SignalDraft
        {
            Action = SignalAction.Buy,
            OrderType = type,
            Price = price is null ? null : Number(price),
            StopPrice = Number(stop),
            Cost = 610m,
            TimeInForce = TimeInForce.GoodTillCancelled,
        };

        var place = Placed(Of(draft));

        (place.Draft.Type, place.Draft.Price, place.Draft.StopPrice).ShouldBe((type, draft.Price, draft.StopPrice));
        place.Draft.Quantity.ShouldBe(price is null ? 0.01m : 0.00999m);
        place.Draft.TimeInForce.ShouldBe(type == OrderType.StopLimit ? TimeInForce.GoodTillCancelled : null);
    }

    [Fact]
    public void MarketThatIsNotSpot_IsRefused() =>
        Refused(Of(Buy) with { Market = Markets.MarketsOf.Swap("BTC", "USDT") }).Code.ShouldBe(RefusalCodes.SpotOnly);
}
