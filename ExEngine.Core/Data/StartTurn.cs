using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>
/// The turn of one instance to make its PostgreSQL ready; the others wait. The lock belongs to the connection, so that one that
/// breaks gives its turn back. SQLite has one process only.
/// </summary>
internal sealed class StartTurn : IAsyncDisposable
{
    private const long Lock = 0x45_78_45_6E_67_69_6E_65;

    // A migration may copy a large table while the others wait.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly AppDb _db;

    private StartTurn(AppDb db) => _db = db;

    /// <param name="db">Its connection stays open until the turn is given back.</param>
    public static async Task<StartTurn> TakeAsync(AppDb db, CancellationToken cancellationToken)
    {
        if (db is PostgresDb)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            db.Database.SetCommandTimeout(Longest);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", cancellationToken);
        }

        return new StartTurn(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (_db is PostgresDb)
        {
            await _db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            await _db.Database.CloseConnectionAsync();
        }
    }
}
