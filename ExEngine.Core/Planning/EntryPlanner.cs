using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>The buying part of <see cref="SignalPlanner"/>: entries, additions, and the protection that follows the first fill.</summary>
internal static class EntryPlanner
{
    public static PlanStep Next(PlanContext c, SignalIntent intent)
    {
        if (c.Draft.OrderType == OrderType.TrailingStop)
        {
            return new PlanStep.Refuse(
                PlanCodes.Refusal(
                    PlanCodes.TrailingEntry,
                    "orderType",
                    "A trailing stop sells what is held and cannot enter; send a market, limit, stop or stop-limit order, or a sell or exit."
                )
            );
        }

        if (intent.Kind == IntentKind.Add && PositionMath.IsDust(c.Position?.Quantity ?? 0, c.Market, c.Price?.Last))
        {
            return new PlanStep.Refuse(
                PlanCodes.Refusal(
                    PlanCodes.NoPosition,
                    "action",
                    $"There is no position in {c.Market.Symbol} to add to; send buy to open one."
                )
            );
        }

        var (order, rounded) = PlanDraft.Of(c.Draft, c.Market, c.Rounding, OrderSide.Buy, sized: true);
        var sizing = order.Quantity is { } stated ? new Sizing(stated, null) : SignalSizing.OfEntry(c, order);
        if (sizing.Quantity is not { } quantity)
        {
            return sizing.Instead!;
        }

        if (NeedsPrice(c, order))
        {
            return new PlanStep.Need(PlanNeed.Price);
        }

        order = order with { Quantity = quantity };
        var reference = PlanPrices.Reference(c, order);
        (order, var note) = Bounded(c, order);
        var verdict = PlanPrices.Check(c, order);
        if ((verdict.Refusal ?? WrongSide(c, order) ?? PlanFunds.Check(c, order)) is { } refusal)
        {
            return new PlanStep.Refuse(refusal);
        }

        return SignalPlanner.Cancelling(InTheWay(c), Effect.Open)
            ?? new PlanStep.Place(SignalPlanner.Enter, Effect.Open, verdict.Order!, reference, rounded, note);
    }

    /// <summary>
    /// The protection of a signal is stored with the entry and waits for its first fill: an entry that never fills leaves an
    /// older one in force.
    /// </summary>
    public static PlanStep AfterEntry(PlanContext c)
    {
        var current = ProtectionPlan.Read(c.Position?.Protection);
        return ProtectionPlanFactory.Of(c, current) is { } plan && current?.IsOf(c.SignalId) != true
            ? new PlanStep.Protect(plan)
            : new PlanStep.Done();
    }

    // Not a market order that buys at any price, but one that is executed at once up to a price, or not.
    private static (OrderDraft Order, string? Note) Bounded(PlanContext c, OrderDraft order)
    {
        if (c.MaxSlippage is not { } percent || order.Type != OrderType.Market || PlanPrices.Of(c, order) is not { } price)
        {
            return (order, null);
        }

        var most = c.Market.PriceIncrements.Down(price * (1 + percent / 100));
        return (
            order with
            {
                Type = OrderType.Limit,
                Price = most,
                Cost = null,
                TimeInForce = TimeInForce.ImmediateOrCancel,
            },
            $"Bought at no more than {ExactJson.Text(most)}, which is {ExactJson.Text(percent)} % above {ExactJson.Text(price)}."
        );
    }

    // What an earlier signal still wants to sell goes the other way.
    private static IEnumerable<Order> InTheWay(PlanContext c) =>
        c.Draft.CancelOpen == true
            ? SignalPlanner.Cancellable(c)
            : c.OpenOrders.Where(o => o is { Origin: OrderOrigin.Signal, Side: OrderSide.Sell });

    // A stop that is not below what is paid sells at once what was just bought, and a target that is not above it does too.
    private static OrderRefusal? WrongSide(PlanContext c, OrderDraft order)
    {
        if (Expected(c, order) is not { } entry)
        {
            return null;
        }

        return c.Draft.StopLoss is { StopPrice: { } at } stop && at >= entry
            ? PlanPrices.StopNotBelow(stop, entry)
            : c.Draft.TakeProfits.Where(t => t.LimitPrice <= entry).Select(t => PlanPrices.TargetNotAbove(t, entry)).FirstOrDefault();
    }

    // Of the protection's own prices: percentages are always on their side. Where a market buy is sent by its cost, that is counted with
    // a price of the market: with the one that a sender saw, the order could be of any size.
    private static bool NeedsPrice(PlanContext c, OrderDraft order) =>
        c.Price is null
        && (
            (order.Type == OrderType.Market && (c.MaxSlippage is not null || ExchangeInfo.MayBuyByCost(c.Market.Exchange)))
            || (
                order.Type is OrderType.Market or OrderType.Limit
                && (c.Draft.StopLoss?.StopPrice is not null || c.Draft.TakeProfits.Any(t => t.LimitPrice is not null))
            )
        );

    // A limit above the market buys at the market.
    private static decimal? Expected(PlanContext c, OrderDraft order) =>
        (PlanPrices.Of(c, order), c.Price?.Ask ?? c.Price?.Last) switch
        {
            ({ } limit, { } ask) when order.Type == OrderType.Limit => Math.Min(limit, ask),
            var (price, _) => price,
        };
}
