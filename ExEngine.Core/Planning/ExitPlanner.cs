using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>
/// The selling part of <see cref="SignalPlanner"/>. Sold is what our fills bought, less fees in base, on the step; the rest is dust and
/// goes with a later sell. Of a stated quantity that is more than that, what there is is sold, and the difference is told. Coins of
/// other owners, and those that were in the account before, are never touched.
/// </summary>
internal static class ExitPlanner
{
    public static PlanStep Next(PlanContext c, SignalIntent intent)
    {
        var isAll = intent.Kind == IntentKind.ExitAll;
        if (c.Draft.OrderType == OrderType.TrailingStop)
        {
            return Trailing(c, isAll);
        }

        var (order, rounded) = PlanDraft.Of(
            c.Draft,
            c.Market,
            c.Rounding,
            OrderSide.Sell,
            sized: !isAll && SignalIntent.HasOwnSize(c.Draft)
        );
        return isAll ? All(c, order, rounded, intent.Note) : Part(c, order, rounded);
    }

    private static PlanStep All(PlanContext c, OrderDraft order, IReadOnlyList<RoundedNumber> rounded, string? note)
    {
        var open = c.OpenOrders.Where(o => !o.Status.IsFinal() && o.Origin != OrderOrigin.Bot && !IsOwn(c, o)).ToList();
        var free = Held(c) - c.OpenOrders.Except(open).Locked();
        if (NeedsPrice(c, free))
        {
            return new PlanStep.Need(PlanNeed.Price);
        }

        var sellable = PositionMath.Sellable(Math.Max(free, 0), c.Market, PlanPrices.Of(c, order));
        if (sellable == 0)
        {
            // Dust needs no protection and holds nothing up: whatever is open goes all the same.
            return SignalPlanner.Cancelling(open) ?? (IsBegun(c) ? new PlanStep.Done(note) : Nothing(c, free, note));
        }

        order = order with { Quantity = sellable };
        return Send(c, order, open, rounded, Join(note, Dust(c, free - sellable)));
    }

    private static PlanStep Part(PlanContext c, OrderDraft order, IReadOnlyList<RoundedNumber> rounded)
    {
        if (Held(c) == 0 && (c.Draft.Action == SignalAction.Exit || c.HeldByOthers.Count > 0 || IsBegun(c)))
        {
            return SignalPlanner.Cancelling(Told(c)) ?? (IsBegun(c) ? new PlanStep.Done() : Nothing(c, 0, null));
        }

        var sizing =
            ExitLegs.Whole(c, PlanPrices.Of(c, order)) is { } whole ? new Sizing(whole, null)
            : order.Quantity is { } stated ? new Sizing(stated, null)
            : SignalSizing.OfExit(c, order);
        if (sizing.Quantity is not { } asked)
        {
            return sizing.Instead!;
        }

        if (IsBegun(c))
        {
            // What its orders have sold, or may still sell, is not asked for again.
            asked = Most(c, Math.Min(asked - ExitLegs.Sold(c) - ExitLegs.Resting(c), Held(c) - Others(c).Locked()));
            if (PositionMath.IsDust(asked, c.Market, PlanPrices.Of(c, order)))
            {
                return new PlanStep.Done();
            }
        }

        var (quantity, instead) = Within(c, asked);
        if (quantity is not { } sent)
        {
            return instead!;
        }

        string? less = null;
        if (sent != asked)
        {
            less =
                $"{ExactJson.Text(asked)} {c.Market.Base} were to be sold, and {ExactJson.Text(Held(c))} are held: what can be sold of that is sold. Spot: nothing is borrowed.";
            rounded =
            [
                .. rounded.Where(r => r.Field != "quantity"),
                new RoundedNumber("quantity", Asked(rounded, asked), c.Market.QuantityIncrements.Text(sent)),
            ];
            order = order with { Cost = null };
        }

        order = order with { Quantity = sent };
        return Send(c, order, InTheWay(c, sent), rounded, Join(less, Dust(c, Held(c) - sent)));
    }

    // What can be sold of what is asked: it, less, or a step to be taken instead.
    private static (decimal? Quantity, PlanStep? Instead) Within(PlanContext c, decimal asked)
    {
        var held = Held(c) - Others(c).Locked();
        var most = Most(c, held);
        return asked <= held ? (asked, null)
            : most > 0 ? (most, null)
            : (
                null,
                new PlanStep.Refuse(
                    PlanCodes.Refusal(
                        PlanCodes.NotHeld,
                        "quantity",
                        $"{ExactJson.Text(asked)} {c.Market.Base} are to be sold, and nothing can be: {ExactJson.Text(Held(c))} are held, and open orders sell {ExactJson.Text(Others(c).Locked())}.",
                        asked,
                        0
                    )
                )
            );
    }

    // An exit of what is not there is done, unless somebody else holds it: then it was most likely meant for that.
    private static PlanStep Nothing(PlanContext c, decimal held, string? note) =>
        held > 0 || c.HeldByOthers.Count == 0
            ? new PlanStep.Done(Join(note, NothingToSell(c, held)))
            : new PlanStep.Refuse(
                PlanCodes.Refusal(
                    PlanCodes.HeldByOthers,
                    "quantity",
                    $"This webhook holds none of {c.Market.Base}; {string.Join(", ", c.HeldByOthers.Select(o => $"{o.Owner} holds {ExactJson.Text(o.Quantity)}"))}. "
                        + "Let it trade together with that webhook, or close that position.",
                    c.Draft.Quantity,
                    0
                )
            );

    private static PlanStep Trailing(PlanContext c, bool isAll)
    {
        var current = ProtectionPlan.Read(c.Position?.Protection);
        if (current?.IsOf(c.SignalId) == true)
        {
            return new PlanStep.Done("The trailing stop is kept for the position.");
        }

        if (PositionMath.IsDust(Held(c), c.Market, c.Price?.Last))
        {
            return Nothing(c, Held(c), null);
        }

        return !isAll
                ? new PlanStep.Refuse(
                    PlanCodes.Refusal(PlanCodes.SizeUnsuited, "quantity", "A trailing stop is for all of the position; leave the size out.")
                )
            : c.Draft is { TrailAmount: null, TrailPercent: null }
                ? new PlanStep.Refuse(
                    PlanCodes.Refusal(
                        PlanCodes.TrailMissing,
                        "trailPercent",
                        "A trailing stop needs its distance; state trailPercent or trailAmount."
                    )
                )
            : SignalPlanner.Cancelling(Told(c)) ?? new PlanStep.Protect(ProtectionPlanFactory.Trailing(c, current));
    }

    private static PlanStep Send(
        PlanContext c,
        OrderDraft draft,
        IEnumerable<Order> inTheWay,
        IReadOnlyList<RoundedNumber> rounded,
        string? note
    )
    {
        if (SignalPlanner.Cancelling(inTheWay, Effect.Reduce) is { } cancel)
        {
            // What it would be is proven first: nothing is cancelled for an order that the market's rules refuse.
            return PlanPrices.Check(c, OneOf(c, draft)).Refusal is { } rule ? new PlanStep.Refuse(rule) : cancel;
        }

        var (there, instead) = There(c, draft.Quantity!.Value);
        if (there is not { } all)
        {
            return instead!;
        }

        if (all < draft.Quantity)
        {
            note = Join(
                note,
                $"The exchange has {ExactJson.Text(all)} {c.Market.Base} free where {ExactJson.Text(draft.Quantity.Value)} were expected: that is sold."
            );
            draft = draft with { Quantity = all, Cost = null };
        }

        var verdict = PlanPrices.Check(c, draft = OneOf(c, draft));
        return verdict.Order is not { } order
            ? new PlanStep.Refuse(verdict.Refusal!)
            : new PlanStep.Place(ExitLegs.Next(ExitLegs.Of(c)), Effect.Reduce, order, PlanPrices.Reference(c, draft), rounded, note);
    }

    // As much of it as one order may be.
    private static OrderDraft OneOf(PlanContext c, OrderDraft draft)
    {
        var all = draft.Quantity!.Value;
        var one = OrderMaximum.Part(all, c.Market, draft.Type, PlanPrices.Of(c, draft));
        return one < all ? draft with { Quantity = one, Cost = null } : draft;
    }

    // After the exchange refused a leg, it is asked what is there: somebody may have sold or moved coins. What is there is sold, and when
    // nothing is, the exit ends with the numbers instead of being refused for a day.
    private static (decimal? Quantity, PlanStep? Instead) There(PlanContext c, decimal wanted)
    {
        if (!ExitLegs.Of(c).Any(o => o.Status == OrderStatus.Rejected))
        {
            return (wanted, null);
        }

        if (c.Balances is null)
        {
            return (null, new PlanStep.Need(PlanNeed.Balances));
        }

        var there = Most(c, Math.Min(wanted, PlanFunds.Free(c, c.Market.Base)));
        return PositionMath.IsDust(there, c.Market, c.Price?.Last)
            ? (
                null,
                new PlanStep.Refuse(
                    PlanCodes.Refusal(
                        PlanCodes.NotHeld,
                        "quantity",
                        $"{ExactJson.Text(wanted)} {c.Market.Base} are to be sold, and the exchange has {ExactJson.Text(PlanFunds.Free(c, c.Market.Base))} free: sold, moved or locked elsewhere. Bring them back, or write them off.",
                        wanted,
                        there
                    )
                )
            )
            : (there, null);
    }

    private static bool IsBegun(PlanContext c) => c.OwnOrders.Any(o => ExitLegs.IsExit(o.Leg));

    private static bool IsOwn(PlanContext c, Order order) => order.OriginId == c.SignalId && ExitLegs.IsExit(order.Leg);

    // The coins that a part needs may be locked by the position's own stop-loss, which is placed again for the rest.
    private static List<Order> InTheWay(PlanContext c, decimal quantity)
    {
        var told = Told(c).ToList();
        var free = Held(c) - c.OpenOrders.Except(told).Locked();
        return quantity <= free
            ? told
            : [.. told, .. c.OpenOrders.Where(o => o is { Origin: OrderOrigin.Protection, Side: OrderSide.Sell })];
    }

    private static IEnumerable<Order> Told(PlanContext c) =>
        c.Draft.CancelOpen == true ? SignalPlanner.Cancellable(c).Where(o => !IsOwn(c, o)) : [];

    // Sell orders that stay: their coins are spoken for.
    private static IEnumerable<Order> Others(PlanContext c) => c.OpenOrders.Except(Told(c)).Where(o => o.Origin != OrderOrigin.Protection);

    private static decimal Most(PlanContext c, decimal quantity) => c.Market.QuantityIncrements.Down(Math.Max(quantity, 0));

    private static decimal Held(PlanContext c) => c.Position?.Quantity ?? 0;

    // Only a position of about the minimum cost can be dust by its worth; all others are closed without asking for the price.
    private static bool NeedsPrice(PlanContext c, decimal quantity) =>
        c.Price is null
        && c.Draft.OrderType == OrderType.Market
        && c.Market.MinNotional is { } min and > 0
        && c.Position is { } position
        && position.EntryCost < min * 4
        && !PositionMath.IsDust(Math.Max(quantity, 0), c.Market, null);

    private static string NothingToSell(PlanContext c, decimal held) =>
        held > 0
            ? $"{ExactJson.Text(held)} {c.Market.Base} are held, which is too little to be sold: dust. It goes with the next sell."
            : $"Nothing of {c.Market.Base} is held; there is nothing to close.";

    private static string? Dust(PlanContext c, decimal rest) =>
        rest > 0 && PositionMath.IsDust(rest, c.Market, c.Price?.Last)
            ? $"{ExactJson.Text(rest)} {c.Market.Base} are too little to be sold and stay as dust."
            : null;

    private static string? Join(string? one, string? other) =>
        one is null ? other
        : other is null ? one
        : $"{one} {other}";

    private static string Asked(IReadOnlyList<RoundedNumber> rounded, decimal asked) =>
        rounded.FirstOrDefault(r => r.Field == "quantity")?.Asked ?? ExactJson.Text(asked);
}
