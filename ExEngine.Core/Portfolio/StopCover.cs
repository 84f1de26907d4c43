using ExEngine.Core.Orders;
using ExEngine.Core.Protection;

namespace ExEngine.Core.Portfolio;

/// <summary>How much of a position is under its stop now.</summary>
/// <param name="Covered">In base: what stops at the exchange would sell; all of it where the engine watches the stop itself.</param>
/// <param name="Held">In base.</param>
public sealed record StopCover(decimal Covered, decimal Held)
{
    /// <summary>Every coin that can be sold is under the stop.</summary>
    public bool IsWhole { get; private init; }

    /// <param name="resting">In base: what the position's stops that rest at the exchange have left to sell.</param>
    /// <param name="step">What is less than that is dust and cannot be sold; 0 while the market's rules are not known.</param>
    /// <returns>Null when there is no stop, or nothing is held.</returns>
    public static StopCover? Of(PositionRow row, ProtectionPlan? plan, decimal resting, decimal step)
    {
        if (plan?.InForce is not { StopLoss: not null } stop || row.Quantity <= 0)
        {
            return null;
        }

        // No order rests where the engine watches the price, and it says so when it cannot.
        var covered = resting == 0 && stop.State is { UncoveredSince: null } ? row.Quantity : Math.Min(resting, row.Quantity);
        return new StopCover(covered, row.Quantity) { IsWhole = row.Quantity - covered is var left && (left == 0 || left < step) };
    }

    /// <summary>In base: what an order that is a stop, and rests, has left to sell; 0 for all others.</summary>
    public static decimal RestingOf(OrderOrigin origin, decimal? stopPrice, OrderStatus status, decimal remaining) =>
        origin == OrderOrigin.Protection && stopPrice is not null && status.IsResting() ? Math.Max(remaining, 0) : 0;
}
