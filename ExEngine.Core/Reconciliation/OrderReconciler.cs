using System.Globalization;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Reconciliation;

/// <summary>
/// Our order and the exchange's word → what changes. Pure. Its invariants, by the numbers that the tests use:
/// R1 only a definite refusal makes an order <see cref="OrderStatus.Rejected"/>; anything unclear makes it unknown.
/// R2 what was executed never becomes less, whatever a lagging answer says.
/// R3 a final order stays so, except that a cancelled or expired one may prove filled, and one that only a person called never placed
/// may turn up in any state, under a code that is an alarm.
/// R4 an unknown order counts as not placed only after two looks at least <see cref="ExecutionOptions.AbsenceGap"/> apart, the
/// last of them complete and past <see cref="ExecutionOptions.AbsenceHorizon"/>.
/// R5 a request that was definitely not executed goes back to planned under the same client id.
/// R6 "duplicate client id" means: look at the order that has it.
/// R7 every move is in the table.
/// R8 a refused cancel ends nothing; only the order itself, seen, does.
/// R9 a resting order that the exchange no longer has, proven as in R4, is cancelled for sure before anything takes its place.
/// </summary>
public static class OrderReconciler
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OperatorLook = TimeSpan.FromSeconds(30);
    private static readonly Backoff CancelLooks = new(FirstLook, TimeSpan.FromSeconds(30));
    private static readonly Backoff SendingAgain = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    /// <summary>The answer to a sending. The order is <see cref="OrderStatus.Submitting"/>.</summary>
    public static OrderChange AfterSend(Order order, ExchangeResult<ExchangeOrder> answer, DateTime now, ExecutionOptions options) =>
        answer switch
        {
            { IsDone: true } => See(order, answer.Value!, now, options),
            { Outcome: ExchangeOutcome.Refused, Fault.Kind: not (FaultKind.DuplicateId or FaultKind.Ambiguous) } => new()
            {
                To = OrderStatus.Rejected,
                Code = answer.Fault.Code,
                Reason = answer.Fault.Message,
            },
            { Outcome: ExchangeOutcome.NotExecuted } => new()
            {
                To = OrderStatus.Planned,
                Code = answer.Fault.Code,
                Reason = answer.Fault.Message,
                NextLookAt = now + (answer.Fault.RetryAfter ?? SendingAgain.ForAttempt(order.Attempt)),
            },
            _ => Lost(order, answer.Fault!, now, options),
        };

    /// <summary>A crash between the sending and its answer: the order may be live.</summary>
    public static OrderChange AfterCrash(Order order, DateTime now) =>
        new()
        {
            To = OrderStatus.Unknown,
            Code = OrderCodes.Restart,
            Reason = "The engine stopped while this order was being sent; the exchange is asked whether it is there.",
            NextLookAt = now,
        };

    /// <summary>A person looked at the exchange and found no such order. The order is <see cref="OrderStatus.NeedsOperator"/>.</summary>
    /// <param name="who">Who says it, for the order's history.</param>
    public static OrderChange AfterWord(string who, DateTime now) =>
        new()
        {
            To = OrderStatus.NotPlaced,
            Code = OrderCodes.SaidNotPlaced,
            Reason = $"{who} looked at the exchange and said that it was never placed.",
            NextLookAt = now + OperatorLook,
        };

    /// <summary>The answer to a look, in any state.</summary>
    public static OrderChange AfterLook(Order order, OrderQueryResult look, DateTime now, ExecutionOptions options)
    {
        if (look.Found is { } found)
        {
            return See(order, found, now, options);
        }

        var isUnknown = order.Status is OrderStatus.Unknown or OrderStatus.NeedsOperator;
        if (look.Fault is { } fault)
        {
            var next = NextLook(order, now, options);
            next = now + fault.RetryAfter is { } allowed && allowed > next ? allowed : next;
            return isUnknown
                ? StillUnknown(
                    order,
                    new()
                    {
                        Code = fault.Code,
                        Reason = fault.Message,
                        NextLookAt = next,
                    },
                    now,
                    options
                )
                : new() { NextLookAt = next };
        }

        // Two looks with a gap between them, counted from when they were asked: their report may have waited for the database.
        var isAbsent = look.IsComplete && order.AbsentSince is { } first && look.AskedAt - first >= options.AbsenceGap;
        if (order.Status == OrderStatus.CancelPending && isAbsent)
        {
            return new()
            {
                To = OrderStatus.Canceled,
                AbsentAt = look.AskedAt,
                Reason = "The exchange does not know this order any more: it was cancelled there.",
                NextLookAt = now,
            };
        }

        if (!isUnknown)
        {
            return order.Status.IsResting() && isAbsent && look.AskedAt - Sent(order) >= options.AbsenceHorizon
                ? new()
                {
                    To = OrderStatus.CancelPending,
                    AbsentAt = look.AskedAt,
                    Code = OrderCodes.Vanished,
                    Reason = "The exchange does not have this resting order any more. It is cancelled, to be sure of that.",
                    NextLookAt = now,
                }
                : new() { AbsentAt = look.AskedAt, NextLookAt = NextLook(order, now, options) };
        }

        return isAbsent && look.AskedAt - Sent(order) >= options.AbsenceHorizon
            ? new()
            {
                To = OrderStatus.NotPlaced,
                AbsentAt = look.AskedAt,
                Code = OrderCodes.NotPlaced,
                Reason = "The exchange does not have this order, long after it would have: it was never placed.",
                SendAgain = order.ExpiresAt is null || now < order.ExpiresAt,
            }
            : StillUnknown(order, new() { AbsentAt = look.AskedAt, NextLookAt = NextLook(order, now, options) }, now, options);
    }

    /// <summary>The answer to a cancel. The order is <see cref="OrderStatus.CancelPending"/>.</summary>
    public static OrderChange AfterCancel(Order order, ExchangeResult<ExchangeOrder> answer, DateTime now, ExecutionOptions options) =>
        answer switch
        {
            { IsDone: true } => See(order, answer.Value!, now, options),
            { Outcome: ExchangeOutcome.Refused } => new()
            {
                To = order.FilledQuantity > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Open,
                Code = OrderCodes.CancelRefused,
                Reason = $"The exchange refused the cancel ({answer.Fault.Code}): {answer.Fault.Message}",
                NextLookAt = now + SinceAsked(order, now),
            },
            { Outcome: ExchangeOutcome.NotExecuted } => new() { NextLookAt = now + (answer.Fault.RetryAfter ?? SinceAsked(order, now)) },
            _ => new() { Code = answer.Fault!.Code, NextLookAt = now + SinceAsked(order, now) },
        };

    /// <summary>The exchange's view of an order, wherever it came from.</summary>
    public static OrderChange See(Order order, ExchangeOrder seen, DateTime now, ExecutionOptions options)
    {
        var executed = Math.Max(order.FilledQuantity, seen.FilledQuantity);
        var to = Target(order, seen.Status, executed);
        var isAfterAll = order.Status == OrderStatus.NotPlaced && to is not (OrderStatus.NotPlaced or OrderStatus.Rejected);
        return new OrderChange
        {
            To = to == order.Status ? null : to,
            Seen = seen,
            Reason =
                isAfterAll
                    ? "The exchange has this order after all, though it was said that it was never placed; what it does there counts."
                : order is { PostOnly: true, CancelRequestedAt: null } && executed == 0 && to.IsFinal() && order.Status != to
                    ? "The exchange ended this post-only order without a fill, as it does when one would have taken."
                : to == OrderStatus.Expired && executed < order.Quantity && order.Status != to
                    ? string.Create(CultureInfo.InvariantCulture, $"The exchange ended it with {executed} of {order.Quantity} filled.")
                : null,
            Code =
                isAfterAll ? OrderCodes.PlacedAfterAll
                : to == OrderStatus.Rejected ? OrderCodes.Rejected
                : null,
            NextLookAt = to.IsFinal() ? now + options.LateFills : now + options.OrderPoll,
        };
    }

    private static OrderStatus Target(Order order, ExchangeOrderStatus seen, decimal executed)
    {
        var isFilled = executed >= order.Quantity;
        var target = seen switch
        {
            ExchangeOrderStatus.Filled => OrderStatus.Filled,
            ExchangeOrderStatus.Open when order.IsWhole(executed) => OrderStatus.Filled,
            ExchangeOrderStatus.Open => executed > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Open,
            ExchangeOrderStatus.Canceled => isFilled ? OrderStatus.Filled : OrderStatus.Canceled,
            ExchangeOrderStatus.Rejected when executed == 0 => OrderStatus.Rejected,
            _ => isFilled ? OrderStatus.Filled : OrderStatus.Expired,
        };
        if (order.Status.IsFinal() && order.Code != OrderCodes.SaidNotPlaced)
        {
            return target == OrderStatus.Filled && OrderTransitions.May(order.Status, target) ? target : order.Status;
        }

        // A cancel is under way: an open order says only that it has not arrived.
        return order.Status == OrderStatus.CancelPending && !target.IsFinal() ? order.Status : target;
    }

    private static OrderChange Lost(Order order, ExchangeFault fault, DateTime now, ExecutionOptions options) =>
        new()
        {
            To = OrderStatus.Unknown,
            Code = fault.Code,
            Reason = $"No definite answer ({fault.Message}); the exchange is asked whether the order is there.",
            NextLookAt = fault.Kind == FaultKind.DuplicateId ? now : now + fault.RetryAfter ?? NextLook(order, now, options),
        };

    private static OrderChange StillUnknown(Order order, OrderChange change, DateTime now, ExecutionOptions options) =>
        order.Status == OrderStatus.Unknown && now - (order.UnknownSince ?? Sent(order)) >= options.OperatorAfter
            ? change with
            {
                To = OrderStatus.NeedsOperator,
                Code = change.Code ?? OrderCodes.Unsettled,
                Reason = "The exchange has not said for a long time what became of this order. Look for its client id there.",
            }
            : change;

    /// <summary>UTC: soon at first, then in growing pauses up to the gap that makes two looks count, and right at the horizon.</summary>
    private static DateTime NextLook(Order order, DateTime now, ExecutionOptions options)
    {
        if (order.Status is OrderStatus.NeedsOperator or OrderStatus.NotPlaced)
        {
            return now + OperatorLook;
        }

        var next = now + new Backoff(FirstLook, options.AbsenceGap).ForAge(now - Sent(order));
        var horizon = Sent(order) + options.AbsenceHorizon;
        return now < horizon && horizon < next ? horizon : next;
    }

    private static TimeSpan SinceAsked(Order order, DateTime now) => CancelLooks.ForAge(now - (order.CancelRequestedAt ?? now));

    private static DateTime Sent(Order order) => order.SubmittedAt ?? order.CreatedAt;
}
