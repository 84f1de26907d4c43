using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Reconciliation;

/// <summary>The numbered invariants of <see cref="OrderReconciler"/>.</summary>
public sealed class OrderReconcilerTests
{
    private static readonly DateTime Sent = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly ExecutionOptions Options = new();

    [Theory]
    [InlineData(FaultKind.Rule)]
    [InlineData(FaultKind.Funds)]
    [InlineData(FaultKind.Credentials)]
    [InlineData(FaultKind.NotSupported)]
    public void R1_DefiniteRefusal_Rejects(FaultKind kind) =>
        AfterSend(ExchangeResult.Refused<ExchangeOrder>(Fault(kind))).To.ShouldBe(OrderStatus.Rejected);

    [Fact]
    public void R1_NoDefiniteAnswer_IsUnknown() =>
        AfterSend(ExchangeResult.Unknown<ExchangeOrder>(Fault(FaultKind.Ambiguous))).To.ShouldBe(OrderStatus.Unknown);

    [Fact]
    public void R1_RefusalThatIsAmbiguous_IsUnknown() =>
        AfterSend(ExchangeResult.Refused<ExchangeOrder>(Fault(FaultKind.Ambiguous))).To.ShouldBe(OrderStatus.Unknown);

    [Fact]
    public void R2_LaggingAnswer_TakesNothingBack()
    {
        var order = NewOrder(OrderStatus.PartiallyFilled);
        order.FilledQuantity = 0.4m;

        OrderReconciler.See(order, Seen(ExchangeOrderStatus.Open, 0), Sent, Options).To.ShouldBeNull();
    }

    [Theory]
    [InlineData(OrderStatus.Filled)]
    [InlineData(OrderStatus.Rejected)]
    [InlineData(OrderStatus.Denied)]
    [InlineData(OrderStatus.NotPlaced)]
    [InlineData(OrderStatus.Canceled)]
    [InlineData(OrderStatus.Expired)]
    public void R3_FinalOrder_StaysSo(OrderStatus final)
    {
        foreach (var seen in Enum.GetValues<ExchangeOrderStatus>().Where(s => s != ExchangeOrderStatus.Filled))
        {
            OrderReconciler.See(NewOrder(final), Seen(seen, 0), Sent, Options).To.ShouldBeNull($"{final} seen {seen}");
        }
    }

    [Theory]
    [InlineData(OrderStatus.Canceled)]
    [InlineData(OrderStatus.Expired)]
    public void R3_LateFill_MakesItFilled(OrderStatus final) =>
        OrderReconciler.See(NewOrder(final), Seen(ExchangeOrderStatus.Filled, 1), Sent, Options).To.ShouldBe(OrderStatus.Filled);

    [Theory]
    [InlineData(ExchangeOrderStatus.Open, 0, OrderStatus.Open)]
    [InlineData(ExchangeOrderStatus.Open, 0.4, OrderStatus.PartiallyFilled)]
    [InlineData(ExchangeOrderStatus.Filled, 1, OrderStatus.Filled)]
    [InlineData(ExchangeOrderStatus.Canceled, 0.4, OrderStatus.Canceled)]
    public void R3_CalledNeverPlacedByAPerson_TurnsUpAndIsAnAlarm(ExchangeOrderStatus seen, double executed, OrderStatus to)
    {
        var order = NewOrder(OrderStatus.NotPlaced);
        order.Code = OrderCodes.SaidNotPlaced;

        var change = OrderReconciler.See(order, Seen(seen, (decimal)executed), Sent, Options);

        change.To.ShouldBe(to);
        change.Code.ShouldBe(OrderCodes.PlacedAfterAll);
        OrderTransitions.May(OrderStatus.NotPlaced, to).ShouldBeTrue();
    }

    [Fact]
    public void R3_CalledNeverPlacedByAPerson_StaysSoWhileItIsNotFoundAndIsStillAskedAbout()
    {
        var order = NewOrder(OrderStatus.NotPlaced);
        order.Code = OrderCodes.SaidNotPlaced;

        foreach (var fault in new[] { null, Fault(FaultKind.Unavailable) })
        {
            var change = OrderReconciler.AfterLook(order, new OrderQueryResult(null, false, Sent, fault), Sent.AddHours(1), Options);

            change.To.ShouldBeNull();
            change.Code.ShouldBeNull();
            change.NextLookAt.ShouldBe(Sent.AddHours(1).AddSeconds(30));
        }
    }

    [Theory]
    [InlineData(40, 0, true, null)] // the first look that does not find it
    [InlineData(40, 4.9, true, null)] // the second, too soon after the first
    [InlineData(29, 20, true, null)] // the exchange may still place it
    [InlineData(40, 20, false, null)] // a list did not answer
    [InlineData(40, 5, true, OrderStatus.NotPlaced)]
    [InlineData(30, 5, true, OrderStatus.NotPlaced)]
    public void R4_Absence_IsProvenByTwoLooksAfterTheHorizon(double sinceSent, double sinceFirstLook, bool isComplete, OrderStatus? to)
    {
        var order = NewOrder(OrderStatus.Unknown);
        var now = Sent.AddSeconds(sinceSent);
        order.AbsentSince = sinceFirstLook == 0 ? null : now.AddSeconds(-sinceFirstLook);

        var change = OrderReconciler.AfterLook(order, new OrderQueryResult(null, isComplete, now, null), now.AddSeconds(100), Options);

        change.To.ShouldBe(to);
        change.AbsentAt.ShouldBe(now);
        change.NextLookAt.HasValue.ShouldBe(to is null);
    }

    [Theory]
    [InlineData(OrderStatus.Open, 40, 4.9, true, null)] // too soon after the first look
    [InlineData(OrderStatus.Open, 29, 20, true, null)] // its place in the lists may be late
    [InlineData(OrderStatus.Open, 40, 20, false, null)] // a list did not answer
    [InlineData(OrderStatus.Open, 40, 5, true, OrderStatus.CancelPending)]
    [InlineData(OrderStatus.PartiallyFilled, 40, 5, true, OrderStatus.CancelPending)]
    [InlineData(OrderStatus.CancelPending, 40, 5, true, OrderStatus.Canceled)]
    public void R9_RestingOrderThatIsGone_IsCancelledForSure(
        OrderStatus status,
        double sinceSent,
        double sinceFirstLook,
        bool isComplete,
        OrderStatus? to
    )
    {
        var order = NewOrder(status);
        var now = Sent.AddSeconds(sinceSent);
        order.AbsentSince = now.AddSeconds(-sinceFirstLook);

        var change = OrderReconciler.AfterLook(order, new OrderQueryResult(null, isComplete, now, null), now, Options);

        change.To.ShouldBe(to);
        (change.Code == OrderCodes.Vanished).ShouldBe(to == OrderStatus.CancelPending);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(30, false)]
    public void R4_ProvenAbsent_IsSentAgainWhileItsTimeLasts(int timeToLive, bool again)
    {
        var order = NewOrder(OrderStatus.Unknown);
        order.AbsentSince = Sent;
        order.ExpiresAt = Sent.AddSeconds(timeToLive);

        OrderReconciler
            .AfterLook(order, new OrderQueryResult(null, true, Sent.AddSeconds(40), null), Sent.AddSeconds(40), Options)
            .SendAgain.ShouldBe(again);
    }

    [Fact]
    public void R4_FailedLook_CountsForNothing()
    {
        var order = NewOrder(OrderStatus.Unknown);
        order.AbsentSince = Sent;

        var change = OrderReconciler.AfterLook(
            order,
            new OrderQueryResult(null, false, Sent, Fault(FaultKind.Unavailable)),
            Sent.AddSeconds(100),
            Options
        );

        change.To.ShouldBeNull();
        change.AbsentAt.ShouldBeNull();
    }

    [Fact]
    public void R4_UnsettledForLong_NeedsAPersonAndIsStillAskedAbout()
    {
        var order = NewOrder(OrderStatus.Unknown);
        order.UnknownSince = Sent;

        var change = OrderReconciler.AfterLook(
            order,
            new OrderQueryResult(null, false, Sent, Fault(FaultKind.Unavailable)),
            Sent + Options.OperatorAfter,
            Options
        );

        change.To.ShouldBe(OrderStatus.NeedsOperator);
        change.NextLookAt.ShouldNotBeNull();
    }

    [Fact]
    public void R5_NotExecuted_GoesBackToPlannedForLater()
    {
        var change = AfterSend(
            ExchangeResult.NotExecuted<ExchangeOrder>(Fault(FaultKind.RateLimited) with { RetryAfter = TimeSpan.FromSeconds(7) })
        );

        change.To.ShouldBe(OrderStatus.Planned);
        change.NextLookAt.ShouldBe(Sent.AddSeconds(7));
    }

    [Fact]
    public void R6_DuplicateId_MeansLookAtOnce()
    {
        var change = AfterSend(ExchangeResult.Refused<ExchangeOrder>(Fault(FaultKind.DuplicateId)));

        change.To.ShouldBe(OrderStatus.Unknown);
        change.NextLookAt.ShouldBe(Sent);
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(2, 4)]
    [InlineData(20, 25)]
    [InlineData(28, 30)]
    [InlineData(29.5, 30)]
    [InlineData(30, 35)]
    public void UnknownOrder_IsLookedAtInGrowingPausesAndAtTheHorizon(double sinceSent, double next)
    {
        var now = Sent.AddSeconds(sinceSent);

        var change = OrderReconciler.AfterLook(NewOrder(OrderStatus.Unknown), new OrderQueryResult(null, false, now, null), now, Options);

        change.NextLookAt.ShouldBe(Sent.AddSeconds(next));
    }

    [Fact]
    public void R7_WhateverIsSeen_TheMoveIsInTheTable()
    {
        decimal[] executed = [0, 0.4m, 1];
        var cases =
            from status in Enum.GetValues<OrderStatus>()
            where status is not (OrderStatus.Planned or OrderStatus.Denied or OrderStatus.NotPlaced)
            from seen in Enum.GetValues<ExchangeOrderStatus>()
            from before in executed
            where before > 0 || status is not OrderStatus.PartiallyFilled
            from after in executed
            select (status, seen, before, after);
        foreach (var (status, seen, before, after) in cases)
        {
            var order = NewOrder(status);
            order.FilledQuantity = before;
            var to = OrderReconciler.See(order, Seen(seen, after), Sent, Options).To;
            (to is null || OrderTransitions.May(status, to.Value)).ShouldBeTrue($"{status} ({before}) seen {seen} ({after}) goes to {to}");
        }
    }

    [Theory]
    [InlineData(ExchangeOrderStatus.Filled, "0.99", OrderStatus.Filled)]
    [InlineData(ExchangeOrderStatus.Filled, "1.01", OrderStatus.Filled)]
    [InlineData(ExchangeOrderStatus.Canceled, "0.99", OrderStatus.Canceled)]
    [InlineData(ExchangeOrderStatus.Canceled, "1.01", OrderStatus.Filled)]
    [InlineData(ExchangeOrderStatus.Open, "1", OrderStatus.Filled)]
    [InlineData(ExchangeOrderStatus.Open, "1.01", OrderStatus.PartiallyFilled)] // there is more to come
    public void BoughtByItsCost_IsOverWhenTheExchangeSaysSo_WhateverItsQuantity(ExchangeOrderStatus seen, string executed, OrderStatus to)
    {
        var order = NewOrder(OrderStatus.Submitting);
        order.Type = OrderType.Market;
        var told = Seen(seen, decimal.Parse(executed, System.Globalization.CultureInfo.InvariantCulture));

        OrderReconciler.See(order, told, Sent, Options).To.ShouldBe(to);
    }

    [Fact]
    public void R8_RefusedCancel_LeavesItOpen()
    {
        var order = NewOrder(OrderStatus.CancelPending);

        var change = OrderReconciler.AfterCancel(order, ExchangeResult.Refused<ExchangeOrder>(Fault(FaultKind.Rule)), Sent, Options);

        change.To.ShouldBe(OrderStatus.Open);
        change.Code.ShouldBe(OrderCodes.CancelRefused);
        change.NextLookAt.ShouldNotBeNull().ShouldBeGreaterThan(Sent);
    }

    [Fact]
    public void R8_CancelWithoutAnswer_StaysAndIsAskedAgain()
    {
        var change = OrderReconciler.AfterCancel(
            NewOrder(OrderStatus.CancelPending),
            ExchangeResult.Unknown<ExchangeOrder>(Fault(FaultKind.Ambiguous)),
            Sent,
            Options
        );

        change.To.ShouldBeNull();
        change.NextLookAt.ShouldNotBeNull();
    }

    private static OrderChange AfterSend(ExchangeResult<ExchangeOrder> answer) =>
        OrderReconciler.AfterSend(NewOrder(OrderStatus.Submitting), answer, Sent, Options);

    private static ExchangeFault Fault(FaultKind kind) => new(kind, "code", "why");

    private static ExchangeOrder Seen(ExchangeOrderStatus status, decimal executed) =>
        new()
        {
            ExchangeOrderId = "1",
            Symbol = "BTC/USDT",
            Status = status,
            Quantity = 1,
            FilledQuantity = executed,
        };

    private static Order NewOrder(OrderStatus status) =>
        new()
        {
            Leg = "enter",
            ClientId = "",
            Symbol = "BTC/USDT",
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = 1,
            Status = status,
            CreatedAt = Sent,
            SubmittedAt = Sent,
            Attempt = 1,
            ExchangeOrderId = status.IsResting() || status.IsFinal() ? "1" : null,
        };
}
