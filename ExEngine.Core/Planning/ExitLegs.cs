using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Planning;

/// <summary>
/// The selling orders of one signal: <c>exit</c>, <c>exit.2</c>, … An exit is wanted until what it asks for is sold: an order that was
/// refused, or that found no buyers at market, is followed by another in growing pauses; one that somebody cancelled, or whose price was
/// not met in its time, is not.
/// </summary>
internal static class ExitLegs
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>The last generation of each, in the order of their making.</summary>
    public static IReadOnlyList<Order> Of(PlanContext c) =>
        [.. c.OwnOrders.Where(o => IsExit(o.Leg)).GroupBy(o => o.Leg).Select(g => g.MaxBy(o => o.Generation)!).OrderBy(o => Number(o.Leg))];

    public static bool IsExit(string leg) =>
        leg == SignalPlanner.Exit || leg.StartsWith(SignalPlanner.Exit + ".", StringComparison.Ordinal);

    /// <summary>From 1.</summary>
    public static int Number(string leg) =>
        int.TryParse(leg.AsSpan(Math.Min(SignalPlanner.Exit.Length + 1, leg.Length)), out var number) ? number : 1;

    public static string Next(IReadOnlyList<Order> legs) =>
        legs.Count == 0 ? SignalPlanner.Exit : $"{SignalPlanner.Exit}.{Number(legs[^1].Leg) + 1}";

    /// <summary>In base: what they have sold, and what those that rest may still sell.</summary>
    public static decimal Sold(PlanContext c) => Of(c).Sum(o => o.FilledQuantity);

    public static decimal Resting(PlanContext c) => Of(c).Where(o => !o.Status.IsFinal()).Sum(o => Math.Max(o.Remaining, 0));

    /// <summary>In base: what was held before the first of them sold.</summary>
    public static decimal HeldBefore(PlanContext c) => (c.Position?.Quantity ?? 0) + Of(c).Sum(o => o.BookedQuantity);

    /// <summary>
    /// In base: what the first of them was for, when that was all that was asked: a size in money is not measured again at another price.
    /// Null before there is one, and when it was one of several because of the market's maximum.
    /// </summary>
    public static decimal? Whole(PlanContext c, decimal? price) =>
        Of(c) is [var first, ..] && !(first.Quantity >= OrderMaximum.Of(c.Market, first.Type, price ?? first.ReferencePrice) / 2)
            ? first.Quantity
            : null;

    /// <summary>What has to happen before another one may follow; null when it may at once, or when there is none yet.</summary>
    public static PlanStep? Before(PlanContext c)
    {
        var legs = Of(c);
        if (legs.Count == 0)
        {
            return null;
        }

        if (legs.FirstOrDefault(o => o.Status.IsUnsettled()) is { } moving)
        {
            return new PlanStep.Wait(
                moving.Reason ?? "Its order is under way.",
                HoldsCoins: true,
                moving.Reason is null ? null : moving.Code
            );
        }

        if (legs.Any(o => o.FilledQuantity != o.BookedQuantity))
        {
            return new PlanStep.Wait("Fills of its order are being read.", HoldsCoins: true);
        }

        var last = legs[^1];
        if (last.Status.IsFinal() && IsOver(last))
        {
            return new PlanStep.Done(last.FilledQuantity > 0 ? null : last.Reason);
        }

        var failures = legs.Reverse().TakeWhile(o => o.Status.IsFinal() && o.FilledQuantity == 0).Count();
        return failures > 0 && c.Now < (last.FinishedAt ?? c.Now) + Pauses.ForAttempt(failures)
            ? new PlanStep.Wait(last.Reason ?? $"The exchange ended its order ({last.Status}).", Code: last.Code ?? OrderCodes.Rejected)
            : null;
    }

    // Somebody wanted its end, or it was as its sender wrote it. Filled, refused and absent orders are followed while something is left.
    private static bool IsOver(Order order) =>
        order.Status switch
        {
            OrderStatus.Filled or OrderStatus.Rejected => false,
            OrderStatus.NotPlaced => order.Code == OrderCodes.SaidNotPlaced,
            OrderStatus.Denied => order.Code is OrderCodes.Canceled or OrderCodes.Expired || order.CancelRequestedAt is not null,
            OrderStatus.Canceled => order.CancelRequestedAt is not null || order.Type != OrderType.Market,
            _ => order.Type != OrderType.Market,
        };
}
