using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders;

/// <summary>An order that the engine is about to write the fate of.</summary>
internal static class LockedOrder
{
    /// <summary>
    /// Holds the row until the transaction ends, so that a person's cancel or change comes before or after, and never between what is read
    /// of it and what is written. On SQLite a transaction that writes is alone.
    /// </summary>
    public static Task<Order> ReadAsync(AppDb db, Guid id, CancellationToken cancellationToken) =>
        (
            db is PostgresDb ? db.Orders.FromSql($"SELECT * FROM orders WHERE id = {id} FOR UPDATE") : db.Orders.Where(o => o.Id == id)
        ).SingleAsync(cancellationToken);
}
