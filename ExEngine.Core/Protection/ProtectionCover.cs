using System.Globalization;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// Whether every held coin is under the stop: by orders at the exchange, or watched here with prices that come. An attempt that is to be
/// made later is no protection. What lasts becomes an alarm, and ends it.
/// </summary>
public static class ProtectionCover
{
    /// <summary>
    /// What may be on its way for so long without a word: an order's answer takes seconds, and an alarm for each hiccup would not be read.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // The exchange refused it so often that it is not by chance; watching it here works only while this product runs.
    private const int ManyFailures = 3;

    /// <summary>The plan with what is to be known of it: since when coins are uncovered, and whether that is an alarm.</summary>
    internal static ProtectionPlan Judge(ProtectionLook look, ProtectionPlan plan)
    {
        if (plan.StopLoss is null)
        {
            return Closed(plan);
        }

        var (state, now) = (plan.State, look.Context.Now);
        var isUncovered = !PositionMath.IsDust(Math.Max(Uncovered(look), 0), look.Market, Cheapest(look));
        var isUnable = look.Context.StopsRest && state.Failures >= ManyFailures;
        var since = isUncovered || isUnable ? state.UncoveredSince ?? now : (DateTime?)null;
        var isAlarmed = since is { } at && (isUnable || now - at >= Grace);
        return since == state.UncoveredSince && isAlarmed == state.IsAlarmed
            ? plan
            : plan with
            {
                State = state with { UncoveredSince = since, IsAlarmed = isAlarmed },
            };
    }

    /// <summary>Nothing is to be protected.</summary>
    internal static ProtectionPlan Closed(ProtectionPlan plan) =>
        plan.State is { UncoveredSince: null, IsAlarmed: false }
            ? plan
            : plan with
            {
                State = plan.State with { UncoveredSince = null, IsAlarmed = false },
            };

    /// <summary>UTC of when waiting becomes an alarm; null when nothing waits for that.</summary>
    internal static DateTime? LookAgainAt(ProtectionState state) => state.IsAlarmed ? null : state.UncoveredSince + Grace;

    /// <summary>For people: what is wrong with a plan that is alarmed.</summary>
    public static string Message(ProtectionContext c, ProtectionPlan plan)
    {
        var look = new ProtectionLook(c, plan);
        var why = plan.State.Problem ?? "Its order is not at the exchange, and no fresh price tells when it would be hit.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{c.Market.QuantityIncrements.Text(Math.Max(look.Held, 0))} {c.Market.Base} are held, and the stop-loss of {c.Market.Symbol} is not in force for all of them. {why}"
        );
    }

    // In base: what no stop at the exchange, no order that sells it now and no watch sees to.
    private static decimal Uncovered(ProtectionLook look)
    {
        if (!look.State.Triggered && look.Context.MayPlace && look.State.Stop is not null && IsWatched(look.Context))
        {
            return 0;
        }

        return look.Ours - look.Live.Where(o => IsInForce(look, o)).Sum(o => Math.Max(o.Remaining, 0));
    }

    // The last word on the price is not so old that it would be missed when it goes through the stop.
    private static bool IsWatched(ProtectionContext c) => c.Price is { } price && c.Now - price.At <= Grace;

    private static bool IsInForce(ProtectionLook look, Order order) =>
        (order.Status.IsResting() && look.Stops.Contains(order)) || look.Context.Now - order.CreatedAt < Grace;

    // What could not be sold at the stop, or at a price that is lower already, cannot be protected.
    private static decimal? Cheapest(ProtectionLook look) =>
        (look.State.Stop ?? look.State.Average) is not { } level ? look.Last
        : level < look.Last || look.Last is null ? level
        : look.Last;
}
