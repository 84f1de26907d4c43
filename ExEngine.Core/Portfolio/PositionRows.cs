using ExEngine.Core.Data;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>Rows that a person is about to change.</summary>
internal static class PositionRows
{
    /// <summary>
    /// Holds the row until the transaction ends, so that the engine writes before or after. On SQLite a transaction that writes is alone.
    /// </summary>
    public static Task<Position?> LockAsync(AppDb db, Guid id, CancellationToken cancellationToken) =>
        (
            db is PostgresDb
                ? db.Positions.FromSql($"SELECT * FROM positions WHERE id = {id} FOR UPDATE")
                : db.Positions.Where(p => p.Id == id)
        ).SingleOrDefaultAsync(cancellationToken);
}
