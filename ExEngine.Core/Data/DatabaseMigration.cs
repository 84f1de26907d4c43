using System.Net.Sockets;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExEngine.Core.Data;

/// <summary>
/// Brings the schema up to date. Instances that start together on one PostgreSQL take turns: Entity Framework's own lock ends with
/// each migration, and what is still to do was read before the first, so that two would run the second one both.
/// </summary>
public sealed class DatabaseMigration(
    IDbContextFactory<AppDb> databases,
    IOptions<DataOptions> options,
    TimeProvider time,
    ILogger<DatabaseMigration> logger
)
{
    /// <exception cref="StartRefusedException">The database server did not answer within <see
    /// cref="DataOptions.StartTimeout"/>.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db is PostgresDb)
        {
            await WaitForServerAsync(db, cancellationToken);
        }

        // Looked at first, because a start that has nothing to do need not take its turn. A migration's row is in its own commit: who
        // looks while another instance migrates sees it pending, and waits.
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        if (db is SqliteDb)
        {
            await ForgetAbandonedLockAsync(db, cancellationToken);
        }

        await using var turn = await StartTurn.TakeAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task WaitForServerAsync(AppDb db, CancellationToken cancellationToken)
    {
        var timeout = options.Value.StartTimeout;
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await db.Database.GetDbConnection().OpenAsync(cancellationToken);
                await db.Database.GetDbConnection().CloseAsync();
                return;
            }
            catch (Exception e) when (MayPass(e) && time.GetElapsedTime(began) < timeout)
            {
                logger.LogWarning("PostgreSQL does not answer yet ({Reason}); trying again", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
            {
                throw new StartRefusedException(
                    $"PostgreSQL refused or did not answer: {e.Message}. Check ConnectionStrings:Postgres and that the server runs "
                        + "and that the database and role exist.",
                    e
                );
            }
        }
    }

    // The server says "starting up" or nothing at all for a while; a wrong password does not get right by waiting.
    private static bool MayPass(Exception e) =>
        e is SocketException or TimeoutException
        || e is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections }
        || e is NpgsqlException and not PostgresException;

    // SQLite has no locks that outlive a statement, so Entity Framework leaves a row; a process that was killed while
    // migrating leaves it for ever, and the next start would wait for ever. Only one process uses the file.
    private static async Task ForgetAbandonedLockAsync(AppDb db, CancellationToken cancellationToken)
    {
        const string LockTable = "SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (
            await db.Database.CanConnectAsync(cancellationToken)
            && await db.Database.SqlQueryRaw<int>(LockTable).SingleAsync(cancellationToken) > 0
        )
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
