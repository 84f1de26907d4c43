using ExEngine.Core.Data;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>What a folder that knows more than orders writes together with a person's order: both are stored, or neither.</summary>
/// <param name="Leg">The order's <see cref="Order.Leg"/>, by which it is found again.</param>
/// <param name="Check">What speaks against it, with the last price (quote per base) when one is known; null when nothing does.</param>
/// <param name="WriteAsync">Called in the order's transaction, before it is saved.</param>
internal sealed record OrderCompanion(
    string Leg,
    Func<ValidatedOrder, decimal?, OrderRefusal?> Check,
    Func<AppDb, Order, Market, CancellationToken, Task> WriteAsync
);
