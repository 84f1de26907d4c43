using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;

namespace ExEngine.Core.Planning;

/// <summary>
/// What is to be done next for a signal. After each the planner is asked again, until <see cref="Done"/> or <see cref="Refuse"/>.
/// </summary>
public abstract record PlanStep
{
    private PlanStep() { }

    /// <summary>The plan depends on things that were not told: ask the exchange and come again.</summary>
    public sealed record Need(PlanNeed What) : PlanStep;

    /// <summary>Ask for these orders to be cancelled, and come again when one of them has moved.</summary>
    /// <param name="For">
    /// What is to be placed when they are gone: nothing is cancelled for it while it may not be. Null when the cancel itself is wanted.
    /// </param>
    public sealed record Cancel(IReadOnlyList<Guid> OrderIds, Effect? For = null) : PlanStep;

    /// <summary>Come again when an order or the position of the symbol has changed, and every second.</summary>
    /// <param name="HoldsCoins">Coins were freed for it, or its own order is under way: protection leaves them alone meanwhile.</param>
    /// <param name="Code">Of the refusal that is waited out; null while nothing was refused.</param>
    public sealed record Wait(string Reason, bool HoldsCoins = false, string? Code = null) : PlanStep;

    /// <summary>Place one order, the only one of its leg, ever.</summary>
    /// <param name="Leg"><see cref="SignalPlanner.Exit"/> or <see cref="SignalPlanner.Enter"/>.</param>
    /// <param name="Effect">What it does to the position.</param>
    /// <param name="Order">With a quantity, always.</param>
    /// <param name="ReferencePrice">Quote per base: the price that the plan was made with; null when none was needed or told.</param>
    /// <param name="Rounded">Numbers that the sender stated and that are sent otherwise.</param>
    /// <param name="Note">What the reader should know though it is no error.</param>
    public sealed record Place(
        string Leg,
        Effect Effect,
        ValidatedOrder Order,
        decimal? ReferencePrice,
        IReadOnlyList<RoundedNumber> Rounded,
        string? Note = null
    ) : PlanStep
    {
        public OrderDraft Draft => Order.Draft;
    }

    /// <summary>Store this as the position's protection, in place of any other, and come again.</summary>
    public sealed record Protect(ProtectionPlan Plan) : PlanStep;

    /// <summary>Every leg is on its way, or nothing was to be done; the note says why.</summary>
    public sealed record Done(string? Note = null) : PlanStep;

    /// <summary>It cannot be traded; no order of it was placed.</summary>
    public sealed record Refuse(OrderRefusal Refusal) : PlanStep;
}

/// <summary>What a plan may have to know.</summary>
[Flags]
public enum PlanNeed
{
    None = 0,

    /// <summary><see cref="PlanContext.Price"/>.</summary>
    Price = 1,

    /// <summary><see cref="PlanContext.Balances"/>.</summary>
    Balances = 2,

    /// <summary><see cref="PlanContext.Equity"/>.</summary>
    Equity = 4,
}
