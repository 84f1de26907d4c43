using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// Places what an order that is being replaced has not executed: in the commit that writes its end, so that a crash finds both or neither.
/// The next generation of the same leg has a client id of its own that cannot be given twice.
/// </summary>
public sealed class OrderReplacer(OrderPlacer placer, AlarmBook alarms, IOptions<ExecutionOptions> options)
{
    /// <summary>Does nothing for an order that is not being replaced, or whose end is not proven yet. The caller saves.</summary>
    /// <param name="isSeen">The exchange showed the end. Otherwise what was executed is known only when no late fill is waited for.</param>
    /// <param name="market">Null while its rules are not known: then the rest is not placed.</param>
    /// <param name="last">Quote per base, when it is known.</param>
    /// <param name="mayFetch">Leave the order as it is when a limit needs a price that can be fetched.</param>
    public async Task<Replacement> FollowAsync(
        AppDb db,
        Order ended,
        bool isSeen,
        Market? market,
        decimal? last,
        bool mayFetch,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (
            ended is not { ReplaceQuantity: { } wanted, ReplacePrice: { } price }
            || !ended.Status.IsFinal()
            || !(isSeen || ended.SettledAt is not null)
        )
        {
            return Replacement.None;
        }

        var rest = wanted - ended.FilledQuantity;
        if (rest <= 0)
        {
            End(ended);
            return Replacement.None;
        }

        // What is judged now sees the order as ended.
        await db.SaveChangesAsync(cancellationToken);
        var (validated, refusal) = Rest(ended, rest, price, market, last);
        var placement = validated is null
            ? null
            : await placer.PlaceAsync(db, Request(ended, validated, last, now + options.Value.TimeToLive), cancellationToken);
        if (mayFetch && placement?.Verdict.Missing is { MayBeFetched: true })
        {
            return new Replacement(null, placement.Verdict, false);
        }

        End(ended);
        if (placement?.Order is { } order)
        {
            return new Replacement(order, placement.Verdict, false);
        }

        refusal ??= placement!.Refusal!;
        (ended.Code, ended.Reason) = (
            OrderCodes.ChangeRefused,
            $"It was taken off the book to be changed, and its rest of {Text(rest)} at {Text(price)} was not placed: {refusal.Message}"
        );
        return new Replacement(
            null,
            placement?.Verdict ?? RiskVerdict.Passed,
            await RaiseAsync(db, ended, ended.Reason, cancellationToken)
        );
    }

    /// <summary>Tells when an order that took another's place was refused: neither is on the book then.</summary>
    /// <returns>True when an alarm began.</returns>
    public async Task<bool> TellAsync(AppDb db, Order order, CancellationToken cancellationToken) =>
        order is { ReplacesId: not null, FilledQuantity: 0, IsBeingReplaced: false }
        && order.Status is OrderStatus.Rejected or OrderStatus.Denied
        && order.Code != OrderCodes.Canceled
        && await RaiseAsync(
            db,
            order,
            $"A changed order in {order.Symbol} was refused after the old one was cancelled, so neither is on the book: {order.Reason}",
            cancellationToken
        );

    /// <summary>A fill of the replaced order that is heard of late makes the one in its place that much smaller.</summary>
    /// <param name="executed">In base, above 0: what came late.</param>
    public static async Task ShrinkAsync(AppDb db, Order replaced, decimal executed, DateTime now, CancellationToken cancellationToken)
    {
        var follower = await db.Orders.SingleOrDefaultAsync(
            o => o.OriginId == replaced.OriginId && o.Leg == replaced.Leg && o.Generation == replaced.Generation + 1,
            cancellationToken
        );
        if (follower is null || !follower.MayBeCancelled())
        {
            return;
        }

        follower.ReplaceQuantity = Math.Max((follower.ReplaceQuantity ?? follower.Quantity) - executed, 0);
        follower.ReplacePrice ??= follower.Price;
        follower.ReplacePress ??= replaced.ReplacePress;
        follower.CancelRequestedAt ??= now;
        follower.UpdatedAt = now;
    }

    /// <summary>
    /// Whether a person may change it: a limit order that rests or is about to be sent; none of a protection, a bot or a webhook's exit,
    /// which are followed by what keeps them.
    /// </summary>
    /// <param name="isCancelling">Its cancel was asked for, to change it or for good.</param>
    public static bool MayReplace(
        OrderType type,
        OrderOrigin origin,
        Effect effect,
        OrderStatus status,
        bool isCancelling,
        bool isBeingReplaced
    ) =>
        type == OrderType.Limit
        && origin is not (OrderOrigin.Protection or OrderOrigin.Bot)
        && (origin != OrderOrigin.Signal || effect == Effect.Open)
        && (!isCancelling || isBeingReplaced)
        && (
            status is OrderStatus.Planned or OrderStatus.Open or OrderStatus.PartiallyFilled
            || (status == OrderStatus.CancelPending && isBeingReplaced)
        );

    /// <summary>What would follow, checked by the market's rules.</summary>
    internal static (ValidatedOrder? Order, OrderRefusal? Refusal) Rest(
        Order order,
        decimal rest,
        decimal price,
        Market? market,
        decimal? last
    )
    {
        if (order.Status == OrderStatus.NotPlaced || (order.Status == OrderStatus.Denied && order.Code != OrderCodes.Canceled))
        {
            return (null, OrderServiceRefusals.NotOpen(order));
        }

        if (market is null)
        {
            return (null, OrderServiceRefusals.RulesUnknown("the exchange"));
        }

        var verdict = OrderValidator.Check(OrderPlacer.Draft(order) with { Quantity = rest, Price = price }, market, last);
        return (verdict.Order, verdict.Refusal);
    }

    internal static OrderRequest Request(Order order, ValidatedOrder validated, decimal? last, DateTime expiresAt) =>
        new()
        {
            UserId = order.UserId,
            AccountId = order.AccountId,
            WebhookId = order.WebhookId,
            Owner = new PositionOwner(order.OwnerKind, order.OwnerId),
            Origin = order.Origin,
            OriginId = order.OriginId,
            Leg = order.Leg,
            Generation = order.Generation + 1,
            ReplacesId = order.Id,
            Effect = order.Effect,
            Order = validated,
            ReferencePrice = last ?? order.ReferencePrice,
            ExpiresAt = expiresAt,
        };

    // PostgreSQL keeps the zeros behind a number.
    private static string Text(decimal number) => ExactJson.Text(IncrementMath.Shortest(number));

    private static void End(Order order) => (order.ReplaceQuantity, order.ReplacePrice) = (null, null);

    private Task<bool> RaiseAsync(AppDb db, Order order, string message, CancellationToken cancellationToken) =>
        alarms.RaiseAsync(
            db,
            new Alarm
            {
                UserId = order.UserId,
                Kind = AlarmKind.ChangeNotPlaced,
                Subject = order.Id.ToString(),
                AccountId = order.AccountId,
                Symbol = order.Symbol,
                OrderId = order.Id,
                Message = message,
            },
            cancellationToken
        );
}

/// <summary>What became of a change in the transaction that ends the old order.</summary>
/// <param name="Order">The one that follows; null when there is none.</param>
/// <param name="IsAlarm">An alarm began: the rest was not placed.</param>
public sealed record Replacement(Order? Order, RiskVerdict Verdict, bool IsAlarm)
{
    public static Replacement None { get; } = new(null, RiskVerdict.Passed, false);
}
