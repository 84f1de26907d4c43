using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>
/// The quantity that a size comes to, before rounding: a quantity as stated, quote / price, a percentage × what it is of / price, and
/// risk / (entry − stop) where a stop-loss is stated. All of it is computed by us, so it is rounded down to the step, never up.
/// </summary>
internal static class SignalSizing
{
    private const decimal MaxPercent = 10_000m;

    // Of what all of a balance buys at market: the price moves between the look and the order, and one that costs a cent more than
    // there is would be refused.
    private const decimal SlippageBuffer = 0.002m;

    /// <summary>The quantity in base of a buy that states none, or what is needed to tell.</summary>
    /// <param name="order">With its prices on the tick.</param>
    public static Sizing OfEntry(PlanContext c, OrderDraft order)
    {
        if (c.Draft is { Cost: null, Size: null })
        {
            return c.Draft.PositionSize is { } target
                ? ToTarget(c, target - (c.Position?.Quantity ?? 0))
                : Refused(PlanCodes.SizeMissing, "No size is stated; state one, or give the webhook a default size.");
        }

        var size = c.Draft.Size ?? new SignalSize(SizeMode.Quote, c.Draft.Cost!.Value);
        if (IsPercent(size.Mode) && size.Value > MaxPercent)
        {
            return Refused(
                PlanCodes.SizeUnsuited,
                $"{ExactJson.Text(size.Value)} % is no size for an order; state a percentage up to {MaxPercent}."
            );
        }

        var price = PlanPrices.Of(c, order);
        var need =
            (price is null && size.Mode != SizeMode.PercentOfPosition ? PlanNeed.Price : 0)
            | (
                size.Mode switch
                {
                    SizeMode.PercentOfEquity or SizeMode.RiskPercent => (c.Equity is null ? PlanNeed.Equity : 0) | Balances(c),
                    SizeMode.PercentOfAvailable => Balances(c),
                    _ => 0,
                }
            );
        return need != 0
            ? new Sizing(null, new PlanStep.Need(need))
            : size.Mode switch
            {
                SizeMode.Base => Of(c, size.Value),
                SizeMode.Quote => ForMoney(c, size.Value, price!.Value),
                SizeMode.PercentOfEquity => ForFunds(c, order.Type, Percent(size.Value, c.Equity!.Value), price!.Value),
                SizeMode.PercentOfAvailable => ForFunds(
                    c,
                    order.Type,
                    Percent(size.Value, PlanFunds.Free(c, c.Market.Quote)),
                    price!.Value
                ),
                SizeMode.PercentOfPosition => OfPosition(c, size.Value),
                SizeMode.RiskAmount => ForRisk(c, size.Value, price!.Value),
                _ => ForRisk(c, Percent(size.Value, c.Equity!.Value), price!.Value),
            };
    }

    /// <summary>The quantity in base of a sell that states none, not more than what is held; or what is needed to tell.</summary>
    public static Sizing OfExit(PlanContext c, OrderDraft order)
    {
        var held = ExitLegs.HeldBefore(c);
        if (!SignalIntent.HasOwnSize(c.Draft))
        {
            return c.Draft.PositionSize is { } target
                ? ToTarget(c, held - target)
                : Refused(
                    PlanCodes.SizeMissing,
                    "A sell that leaves a long position says how much it sells; state a size, or send exit to close all."
                );
        }

        var size = c.Draft.Size ?? new SignalSize(SizeMode.Quote, c.Draft.Cost!.Value);
        if (size.Mode is SizeMode.PercentOfPosition or SizeMode.PercentOfAvailable)
        {
            return Of(c, Percent(Math.Min(size.Value, 100), held));
        }

        if (size.Mode is SizeMode.RiskAmount or SizeMode.RiskPercent)
        {
            return Refused(
                PlanCodes.SizeUnsuited,
                "A size by risk is for entries; state how much to sell in base, in quote or in percent of the position."
            );
        }

        var price = PlanPrices.Of(c, order);
        var need =
            (price is null && size.Mode != SizeMode.Base ? PlanNeed.Price : 0)
            | (size.Mode == SizeMode.PercentOfEquity && c.Equity is null ? PlanNeed.Equity : 0);
        return need != 0
            ? new Sizing(null, new PlanStep.Need(need))
            : size.Mode switch
            {
                SizeMode.Base => Of(c, size.Value),
                SizeMode.Quote => ForMoney(c, size.Value, price!.Value),
                _ => ForMoney(c, Percent(size.Value, c.Equity!.Value), price!.Value),
            };
    }

    private static Sizing ForFunds(PlanContext c, OrderType type, decimal money, decimal price)
    {
        // All of it, less the fee that the exchange takes on top: an order for the last cent would be refused.
        var free = PlanFunds.Free(c, c.Market.Quote);
        var fee = (1 + (c.Market.TakerFee ?? 0)) * (1 + (type is OrderType.Market or OrderType.Stop ? SlippageBuffer : 0));
        return ForMoney(c, money <= free && free / fee < money ? free / fee : money, price);
    }

    private static Sizing ForRisk(PlanContext c, decimal risk, decimal entry)
    {
        if (c.Draft.StopLoss is not { } stop)
        {
            return Refused(
                PlanCodes.StopRequired,
                "A size by risk needs a stop-loss to measure it; state stopLoss with a price or a distance.",
                "stopLoss"
            );
        }

        var distance = stop switch
        {
            { StopPrice: { } price } => entry - price,
            { Percent: { } percent } => Percent(percent, entry),
            { Amount: { } amount } => amount,
            { TrailPercent: { } percent } => Percent(percent, entry),
            { TrailAmount: { } amount } => amount,
            _ => 0,
        };
        return distance > 0 ? ForMoney(c, risk, distance) : new Sizing(null, new PlanStep.Refuse(PlanPrices.StopNotBelow(stop, entry)));
    }

    private static Sizing OfPosition(PlanContext c, decimal percent) =>
        c.Position is { Quantity: > 0 and var held }
            ? Of(c, Percent(percent, held))
            : Refused(
                PlanCodes.NoPosition,
                $"The size is a share of the position, and nothing of {c.Market.Base} is held; state another size."
            );

    private static Sizing ForMoney(PlanContext c, decimal money, decimal price) =>
        ExactCost.QuantityWithin(money, price, c.Market.QuantityIncrements) is { } quantity
            ? Of(c, quantity)
            : Refused(
                RefusalCodes.QuantityTooHigh,
                $"{ExactJson.Text(money)} at a price of {ExactJson.Text(price)} is more than any order can hold; ask for less."
            );

    // The size that the sender's position has afterwards is the size that ours gets.
    private static Sizing ToTarget(PlanContext c, decimal missing) =>
        PositionMath.IsDust(Math.Max(missing, 0), c.Market, c.Price?.Last)
            ? new Sizing(null, new PlanStep.Done("The position has the stated size already."))
            : Of(c, missing);

    private static Sizing Of(PlanContext c, decimal quantity) => new(c.Market.QuantityIncrements.Down(quantity), null);

    private static decimal Percent(decimal percent, decimal of) => of * (percent / 100);

    private static bool IsPercent(SizeMode mode) =>
        mode is SizeMode.PercentOfEquity or SizeMode.PercentOfAvailable or SizeMode.PercentOfPosition or SizeMode.RiskPercent;

    private static PlanNeed Balances(PlanContext c) => c.Balances is null ? PlanNeed.Balances : 0;

    private static Sizing Refused(string code, string message, string field = "quantity") =>
        new(null, new PlanStep.Refuse(PlanCodes.Refusal(code, field, message)));
}

/// <param name="Quantity">In base, on the step; null when <paramref name="Instead"/> has to be done first.</param>
internal sealed record Sizing(decimal? Quantity, PlanStep? Instead);
