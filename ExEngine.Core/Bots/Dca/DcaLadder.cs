using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Dca;

/// <summary>One safety order.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Deviation">Percent from the base order's price.</param>
/// <param name="Price">Quote per base, on the tick: of a buy down, of a sell up.</param>
/// <param name="Amount">In quote, as set.</param>
/// <param name="Quantity">In base, on the step, down.</param>
public sealed record DcaLevel(int Number, decimal Deviation, decimal Price, decimal Amount, decimal Quantity)
{
    /// <summary>In quote.</summary>
    public decimal Cost => Price * Quantity;
}

/// <summary>The safety orders of a deal: where and how large.</summary>
public static class DcaLadder
{
    /// <summary>Percent from the base order and amount in quote of each, before any market.</summary>
    public static IReadOnlyList<LadderStep> Steps(DcaSettings settings)
    {
        if (settings.CustomLadder.Count > 0)
        {
            return settings.CustomLadder;
        }

        var steps = new LadderStep[settings.MaxSafetyOrders];
        var (deviation, step, amount) = (0m, settings.Deviation, settings.SafetyOrder);
        for (var i = 0; i < steps.Length; i++)
        {
            deviation += step;
            steps[i] = new(deviation, amount);
            (step, amount) = (step * settings.StepScale, amount * settings.VolumeScale);
        }

        return steps;
    }

    /// <param name="basePrice">Quote per base: the average at which the base order was filled.</param>
    /// <param name="scale">What reinvesting makes of each amount; 1 for none.</param>
    public static IReadOnlyList<DcaLevel> Of(DcaSettings settings, Market market, decimal basePrice, decimal scale = 1) =>
        [.. Steps(settings).Select((s, i) => Level(settings.Direction, market, basePrice, scale, s, i + 1))];

    /// <summary>In quote: what a deal takes when all of its safety orders are filled.</summary>
    /// <param name="baseAmount">In quote.</param>
    public static decimal Funds(DcaSettings settings, decimal baseAmount) => baseAmount + Steps(settings).Sum(s => s.Amount);

    private static DcaLevel Level(BotDirection direction, Market market, decimal basePrice, decimal scale, LadderStep step, int number)
    {
        var wanted = direction.Worse(basePrice, step.Deviation);
        var price = direction == BotDirection.Long ? market.PriceIncrements.Down(wanted) : market.PriceIncrements.Up(wanted) ?? wanted;
        var amount = step.Amount * scale;
        var quantity = price > 0 ? ExactCost.QuantityWithin(amount, price, market.QuantityIncrements) ?? 0 : 0;
        return new(number, step.Deviation, price, amount, quantity);
    }
}
