using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Edits;

/// <summary>What an edit of a running bot does to its orders.</summary>
/// <param name="Rows">At market first, then dearest first; orders that stay are not among them.</param>
/// <param name="Kept">How many orders stay as they are.</param>
/// <param name="Notes">What the planner says about it, in words.</param>
public sealed record EditDiff(IReadOnlyList<EditRow> Rows, int Kept, IReadOnlyList<string> Notes)
{
    public static EditDiff Empty { get; } = new([], 0, []);
}

/// <summary>One order of a difference. Prices in quote per base, quantities in base.</summary>
/// <param name="Line">Its name, as in the list of the bot's orders.</param>
/// <param name="Price">Null at market, and of one that is only cancelled.</param>
/// <param name="Quantity">Null of one that is only cancelled.</param>
/// <param name="WasPrice">Of one that is cancelled or moved.</param>
/// <param name="WasQuantity">What of it was still to be executed.</param>
/// <param name="IsAtOnce">It is executed as soon as it is there, by the price of now.</param>
public sealed record EditRow(
    EditChange Change,
    string Line,
    OrderSide Side,
    decimal? Price,
    decimal? Quantity,
    decimal? WasPrice,
    decimal? WasQuantity,
    bool IsAtOnce
);

public enum EditChange
{
    Cancelled,
    Placed,

    /// <summary>Cancelled, and another one in its place once that is proven.</summary>
    Moved,
}
