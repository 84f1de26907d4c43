namespace ExEngine.Core.Markets;

/// <summary>
/// Brings a draft onto the market's steps, for webhooks that ask for it: quantity always down; the prices of a buy down
/// and of a sell up. Limits are not looked at: <see cref="OrderValidator"/> has the last word on the outcome.
/// </summary>
public static class OrderRounding
{
    public static RoundedDraft Round(OrderDraft draft, Market market)
    {
        var changes = new List<RoundedNumber>();
        var rounded = draft with
        {
            Price = Price("price", draft.Price),
            StopPrice = Price("stopPrice", draft.StopPrice),
            Quantity = Changed("quantity", draft.Quantity, q => market.QuantityIncrements.Down(q), market.QuantityIncrements),
        };
        return new(changes.Count == 0 ? draft : FollowedByCost(draft, rounded, changes), changes);

        decimal? Price(string field, decimal? asked) =>
            Changed(
                field,
                asked,
                p => draft.Side == OrderSide.Buy ? market.PriceIncrements.Down(p) : market.PriceIncrements.Up(p) ?? p,
                market.PriceIncrements
            );

        decimal? Changed(string field, decimal? asked, Func<decimal, decimal> round, Increments steps)
        {
            if (asked is not { } value || round(value) is var sent && sent == value)
            {
                return asked;
            }

            changes.Add(new(field, IncrementMath.Text(value), steps.Text(sent)));
            return sent;
        }
    }

    // A cost that was price × quantity before is so afterwards; one that disagreed is left, for the validator to refuse.
    private static OrderDraft FollowedByCost(OrderDraft draft, OrderDraft rounded, List<RoundedNumber> changes)
    {
        if (
            draft.Cost is not { } cost
            || Product(draft) is not { } before
            || !before.IsStatedAs(cost)
            || Product(rounded)?.AsDecimal() is not { } after
            || after == cost
        )
        {
            return rounded;
        }

        changes.Add(new("cost", IncrementMath.Text(cost), IncrementMath.Text(after)));
        return rounded with { Cost = after };
    }

    private static ExactCost? Product(OrderDraft draft) =>
        OrderValidator.CostPrice(draft) is { } price && draft.Quantity is { } quantity ? ExactCost.Of(price, quantity) : null;
}

/// <summary>A draft on the market's steps, and what had to change for it; no changes when it was so already.</summary>
public sealed record RoundedDraft(OrderDraft Draft, IReadOnlyList<RoundedNumber> Changes);

/// <summary>One number, exact, as the sender stated it and as it will be sent.</summary>
public sealed record RoundedNumber(string Field, string Asked, string Sent);
