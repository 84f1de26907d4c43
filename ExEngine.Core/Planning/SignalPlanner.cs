using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;

namespace ExEngine.Core.Planning;

/// <summary>
/// What is to be done next for a signal: pure, and asked again whenever the signal or its symbol changed, so that a plan is
/// resumed after any crash. The acts come in this order: cancel open orders when the signal closes all, goes the other way or says so;
/// exit; enter; protect. A leg whose order exists is never placed again; an exit goes on with further legs until it is done.
/// </summary>
public static class SignalPlanner
{
    /// <summary>The leg that sells.</summary>
    public const string Exit = "exit";

    /// <summary>The leg that buys.</summary>
    public const string Enter = ProtectionPlan.Entry;

    public static PlanStep Next(PlanContext c)
    {
        if (c.OwnOrders.Any(o => o.Leg == Enter))
        {
            return EntryPlanner.AfterEntry(c);
        }

        if (ExitLegs.Before(c) is { } first)
        {
            return first;
        }

        if (SpotRule.Refusal(c.Market) is { } derivative)
        {
            return new PlanStep.Refuse(derivative);
        }

        var intent = SignalIntent.Of(c.Draft);
        if (intent.Kind == IntentKind.Nothing)
        {
            return new PlanStep.Done(intent.Note);
        }

        // Asked at the intake already, unless the market's rules were missing then.
        if (intent.Kind is not (IntentKind.ExitAll or IntentKind.CancelOrders) && UsdSizeRule.Refusal(c.Draft, c.Market) is { } currency)
        {
            return new PlanStep.Refuse(currency);
        }

        return Unsettled(c)
            ?? intent.Kind switch
            {
                IntentKind.CancelOrders => Cancel(c),
                IntentKind.ExitAll or IntentKind.ExitPart => ExitPlanner.Next(c, intent),
                _ => EntryPlanner.Next(c, intent),
            };
    }

    /// <summary>Orders of bots are their own; protection belongs to the position and stays as long as coins are held.</summary>
    internal static IEnumerable<Order> Cancellable(PlanContext c) =>
        c.OpenOrders.Where(o => !o.Status.IsFinal() && o.Origin is not (OrderOrigin.Bot or OrderOrigin.Protection));

    /// <param name="what">What is to be placed afterwards; null when the cancel itself is wanted.</param>
    internal static PlanStep? Cancelling(IEnumerable<Order> orders, Effect? what = null)
    {
        var open = orders.Where(o => !o.Status.IsFinal()).ToList();
        var asked = open.Where(o => o.MayBeCancelled()).Select(o => o.Id).ToList();
        return asked.Count > 0 ? new PlanStep.Cancel(asked, what)
            : open.Count > 0 ? new PlanStep.Wait("Open orders are being cancelled.", HoldsCoins: what == Effect.Reduce)
            : null;
    }

    /// <summary>Whether this is for selling what is held: it is wanted until that is done, however long it takes.</summary>
    public static bool IsExit(SignalDraft draft) => SignalIntent.Of(draft).Kind is IntentKind.ExitAll or IntentKind.ExitPart;

    /// <summary>Sells whose end was asked for to make room: the coins are not protection's meanwhile.</summary>
    public static bool MakesRoom(IEnumerable<Order> orders) =>
        orders.Any(o => o is { Side: OrderSide.Sell, CancelRequestedAt: not null } && !o.Status.IsFinal());

    // While it is not known what became of an order, neither is what is held.
    private static PlanStep.Wait? Unsettled(PlanContext c) =>
        c.OpenOrders switch
        {
            var orders when orders.Any(o => o.Status.IsUnsettled()) => new(
                orders.Select(o => o.Status.IsUnsettled() ? o.Reason : null).FirstOrDefault(r => r is not null)
                    ?? "Another order of the symbol is under way.",
                MakesRoom(orders)
            ),
            var orders when orders.Any(o => o.FilledQuantity != o.BookedQuantity) => new("Fills of another order are being read."),
            _ => null,
        };

    private static PlanStep Cancel(PlanContext c) =>
        Cancelling(Cancellable(c).Where(o => c.Draft.CancelSide is not { } side || o.Side == side))
        ?? new PlanStep.Done(
            c.OpenOrders.Any(o => o.Origin == OrderOrigin.Protection && !o.Status.IsFinal())
                ? "Open orders are cancelled; the position keeps its protection."
                : "Open orders are cancelled."
        );
}
