using ExEngine.Core.Data;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// Makes requests of the same press wait for each other, so that the second one sees the first one's order before anything else of it
/// is judged.
/// </summary>
public static class IdempotencyLock
{
    private const int Kind = 0x5072;

    /// <summary>Held to the end of the transaction.</summary>
    public static Task TakeAsync(AppDb db, Guid press, CancellationToken cancellationToken) =>
        AdvisoryLock.TakeAsync(db, Kind, press, cancellationToken);
}
