using ExEngine.Core.Markets;
using ExEngine.Core.Protection;

namespace ExEngine.Core.Planning;

/// <summary>Take-profits and stop-loss of a signal as the plan that the engine keeps.</summary>
internal static class ProtectionPlanFactory
{
    /// <summary>Null when the signal states none.</summary>
    /// <param name="current">What it replaces with the entry's first fill; the entries behind it stay watched.</param>
    public static ProtectionPlan? Of(PlanContext c, ProtectionPlan? current) =>
        c.Draft is { TakeProfits.Count: 0, StopLoss: null }
            ? null
            : new ProtectionPlan
            {
                Id = c.SignalId,
                IsArmed = true,
                Former = current,
                Signals = [.. current?.Signals ?? [], c.SignalId],
                TakeProfits =
                [
                    .. c.Draft.TakeProfits.Select(t => new TakeProfitPlan
                    {
                        Percent = t.Percent,
                        Amount = t.Amount,
                        Price = t.LimitPrice,
                        Share = t.Share,
                        OrderType = t.OrderType,
                    }),
                ],
                StopLoss = c.Draft.StopLoss is { } stop ? Of(stop) : null,
            };

    /// <summary>The position's protection with a trailing stop on top of what it has.</summary>
    public static ProtectionPlan Trailing(PlanContext c, ProtectionPlan? current)
    {
        if (current is { IsArmed: true })
        {
            return current with { Former = Trailing(c, current.Former) };
        }

        var plan = current ?? new ProtectionPlan { Id = c.SignalId };
        return plan with
        {
            Signals = [.. plan.Signals, c.SignalId],
            StopLoss = (plan.StopLoss ?? new StopLossPlan()) with
            {
                TrailPercent = c.Draft.TrailPercent,
                TrailAmount = c.Draft.TrailAmount,
            },
        };
    }

    private static StopLossPlan Of(StopLoss stop) =>
        new()
        {
            Percent = stop.Percent,
            Amount = stop.Amount,
            Price = stop.StopPrice,
            TrailPercent = stop.TrailPercent,
            TrailAmount = stop.TrailAmount,
            OrderType = stop.OrderType == OrderType.StopLimit ? OrderType.StopLimit : OrderType.Stop,
            LimitPrice = stop.LimitPrice,
            BreakEven = stop.BreakEven,
        };
}
