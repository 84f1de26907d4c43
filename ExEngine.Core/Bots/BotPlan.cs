namespace ExEngine.Core.Bots;

/// <summary>The outcome of a planner: the state to store and what to do, in this order, in one transaction.</summary>
/// <param name="Interest">Until then, and between these prices, being asked again with no event changes nothing.</param>
public sealed record BotPlan<TState>(TState State, IReadOnlyList<BotAction> Actions, BotInterest Interest);

/// <summary>
/// When a planner wants to look again by itself: a price at or below <paramref name="Below"/>, at or above <paramref name="Above"/>
/// (quote per base), or a time at or after <paramref name="At"/> (UTC). Null: never for that reason.
/// </summary>
public readonly record struct BotInterest(decimal? Below, decimal? Above, DateTime? At)
{
    /// <summary>Any price and any time.</summary>
    public static readonly BotInterest Always = new(decimal.MaxValue, 0, DateTime.MinValue);

    public bool Wants(decimal price, DateTime now) => price <= Below || price >= Above || now >= At;
}
