namespace ExEngine.Core.Orders;

/// <summary>Codes that <see cref="Order.Code"/> has beside refusals and the exchange's own.</summary>
public static class OrderCodes
{
    /// <summary>An open order whose cancel was refused; it is asked for again in growing pauses.</summary>
    public const string CancelRefused = "cancel_refused";

    /// <summary>Settled manually as <see cref="OrderStatus.NotPlaced"/>; it is still looked for, for a day.</summary>
    public const string SaidNotPlaced = "said_not_placed";

    /// <summary>It turned up after it was settled manually as not placed: an alarm until somebody has seen it.</summary>
    public const string PlacedAfterAll = "placed_after_all";
}
