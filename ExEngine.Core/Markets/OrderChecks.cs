namespace ExEngine.Core.Markets;

/// <summary>Makes the checks, one after the other, and words the refusals.</summary>
internal sealed class OrderChecks(Market market)
{
    private readonly List<OrderCheck> _all = new(10);

    public IReadOnlyList<OrderCheck> All => _all;

    /// <summary>The first check that failed.</summary>
    public OrderRefusal? Refusal { get; private set; }

    public void Active()
    {
        _all.Add(new("market active", "symbol", market.Active, market.Symbol, null, []));
        if (!market.Active)
        {
            Refuse(
                RefusalCodes.MarketInactive,
                $"{market.Exchange} takes no orders on {market.Symbol} at the moment; wait or choose another symbol."
            );
        }
    }

    public void Spot()
    {
        if (SpotRule.Refusal(market) is { } refusal)
        {
            _all.Add(new("spot market", refusal.Field, false, refusal.Asked, refusal.Limit, []));
            Refuse(refusal.Code, refusal.Message);
        }
    }

    public void Number(decimal? stated, NumberRules rules)
    {
        if (stated is not { } value)
        {
            return;
        }

        var asked = IncrementMath.Text(value);
        OnStep(value, asked, rules);
        NotBelow(value, asked, rules);
        NotAbove(value, asked, rules);
    }

    /// <param name="price">What the cost was measured at; null when no price is stated.</param>
    /// <param name="atMarket">An exchange may leave market orders out of its limits on notional.</param>
    /// <param name="byQuantity">The draft states a quantity, so the way to another cost is another quantity.</param>
    public void Cost(ExactCost cost, decimal? price, bool byQuantity, bool atMarket)
    {
        if (market.MinNotional is { } min and > 0 && (!atMarket || market.MinNotionalAtMarket))
        {
            NotCheaper(cost, min, byQuantity ? price : null, byQuantity);
        }

        if (market.MaxNotional is { } max and > 0 && (!atMarket || market.MaxNotionalAtMarket))
        {
            var limit = IncrementMath.Text(max);
            if (!Add("maximum cost", "cost", cost.CompareTo(ExactCost.Of(max)) <= 0, cost.ToString(), limit, () => [limit]))
            {
                Refuse(RefusalCodes.CostTooHigh, $"The cost {cost} {market.Quote} is above the maximum of {limit}; ask for less.");
            }
        }
    }

    public void Agreement(decimal stated, ExactCost product)
    {
        if (
            !Add(
                "amounts agree",
                "cost",
                product.IsStatedAs(stated),
                IncrementMath.Text(stated),
                product.ToString(),
                () => [product.ToString()]
            )
        )
        {
            Refuse(
                RefusalCodes.AmountsDisagree,
                $"The amount {IncrementMath.Text(stated)} {market.Quote} is not price × quantity, which is {product}; send that, or leave one of the three out."
            );
        }
    }

    // All of it is in quote. The nearest cost is the one of the smallest quantity that reaches the minimum at this price,
    // and the sentence names that quantity; without a price or a quantity it is the minimum itself.
    private void NotCheaper(ExactCost cost, decimal min, decimal? price, bool byQuantity)
    {
        decimal? quantity = null;
        var limit = IncrementMath.Text(min);
        var passed = Add(
            "minimum cost",
            "cost",
            cost.CompareTo(ExactCost.Of(min)) >= 0,
            cost.ToString(),
            limit,
            () =>
            {
                quantity = price is { } at ? Buyable(ExactCost.QuantityFor(min, at, market.QuantityIncrements)) : null;
                return quantity is { } q ? [ExactCost.Of(price!.Value, q).ToString()]
                    : byQuantity ? []
                    : [limit];
            }
        );
        if (!passed)
        {
            var how = quantity is { } enough
                ? $"{market.QuantityIncrements.Text(enough)} {market.Base} at this price is enough"
                : "ask for more";
            Refuse(RefusalCodes.CostTooLow, $"The cost {cost} {market.Quote} is below the minimum of {limit} on {market.Symbol}; {how}.");
        }
    }

    private void OnStep(decimal value, string asked, NumberRules rules)
    {
        if (rules.Increments.IncrementAt(value) is not { } step)
        {
            return;
        }

        var limit = IncrementMath.Text(IncrementMath.Shortest(step));
        if (
            !Add(
                $"{rules.Label} {rules.IncrementLabel}",
                rules.Field,
                rules.Increments.Contains(value),
                asked,
                limit,
                () => rules.Around(value)
            )
        )
        {
            Refuse(rules.OffStep, $"The {rules.Label} {asked} is off the {rules.IncrementLabel} {limit} of {market.Symbol}{Send()}.");
        }
    }

    private void NotBelow(decimal value, string asked, NumberRules rules)
    {
        if (rules.Min is null && value > 0)
        {
            return;
        }

        var limit = IncrementMath.Text(rules.Min ?? 0);
        if (!Add($"minimum {rules.Label}", rules.Field, value > 0 && !(value < rules.Min), asked, limit, () => rules.One(rules.Smallest)))
        {
            var rule = rules.Min is null ? "must be above 0" : $"is below the minimum {limit} of {market.Symbol}";
            Refuse(rules.TooLow, $"The {rules.Label} {asked} {rule}{Send()}.");
        }
    }

    private void NotAbove(decimal value, string asked, NumberRules rules)
    {
        if (rules.Max is not { } max)
        {
            return;
        }

        if (!Add($"maximum {rules.Label}", rules.Field, value <= max, asked, IncrementMath.Text(max), () => rules.One(rules.Largest)))
        {
            Refuse(rules.TooHigh, $"The {rules.Label} {asked} is above the maximum {IncrementMath.Text(max)} of {market.Symbol}{Send()}.");
        }
    }

    private bool Add(string name, string field, bool passed, string? asked, string? limit, Func<IReadOnlyList<string>> nearest)
    {
        _all.Add(new(name, field, passed, asked, limit, passed ? [] : nearest()));
        return passed;
    }

    private void Refuse(string code, string message)
    {
        var failed = _all[^1];
        Refusal ??= new(code, failed.Field, failed.Asked, failed.Limit, failed.Nearest, message);
    }

    private string Send() =>
        _all[^1].Nearest switch
        {
            [var one] => $"; send {one}",
            [var one, var two] => $"; send {one} or {two}",
            _ => "",
        };

    private decimal? Buyable(decimal? quantity) => quantity <= (market.MaxQuantity ?? decimal.MaxValue) ? quantity : null;
}
