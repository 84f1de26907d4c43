using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots;

/// <summary>What is to be done: stored in the transaction that stores the state.</summary>
public abstract record BotAction
{
    private BotAction() { }

    /// <summary>Place one order, the only one of its key, ever.</summary>
    public sealed record Place(BotOrderKey Key, ValidatedOrder Order, Effect Effect) : BotAction;

    /// <summary>Ask for an order to be cancelled; the planner goes on when its end is proven.</summary>
    public sealed record Cancel(BotOrderKey Key) : BotAction;

    /// <summary>A deal is over, as it was at its end: kept as a row.</summary>
    public sealed record DealOver(Deal Deal) : BotAction;

    /// <summary>A line of the journal: what was decided and why, with the numbers.</summary>
    /// <param name="IsOfFill">It tells of a single fill, which the list of orders does as well.</param>
    public sealed record Note(BotNote Kind, string Text, bool IsOfFill = false) : BotAction;
}

/// <summary>How much a line of the journal wants a person.</summary>
public enum BotNote
{
    Info,
    Warning,

    /// <summary>Nothing goes on here until a person has answered.</summary>
    NeedsYou,
}
