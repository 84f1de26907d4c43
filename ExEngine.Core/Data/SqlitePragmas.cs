using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace ExEngine.Core.Data;

/// <summary>
/// Sets on every SQLite connection what durability rests on, and reads it back: a write-ahead log that is flushed to disk
/// at every commit, foreign keys, and 5 s of patience with a writer before this one.
/// </summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Set =
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    private const string Read = """
        SELECT (SELECT journal_mode FROM pragma_journal_mode) || ' ' || (SELECT synchronous FROM pragma_synchronous) || ' '
            || (SELECT foreign_keys FROM pragma_foreign_keys) || ' ' || (SELECT timeout FROM pragma_busy_timeout)
        """;

    private const string Wanted = "wal 2 1 5000";

    // A pooled connection is opened again and again, and keeps what was set on its handle.
    private static readonly ConditionalWeakTable<sqlite3, object> Done = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => ApplyOnce(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        // SQLite has no asynchronous input and output.
        ApplyOnce(connection);
        return Task.CompletedTask;
    }

    private static void ApplyOnce(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && !Done.TryGetValue(handle, out _))
        {
            Apply(connection);
            Done.AddOrUpdate(handle, handle);
        }
    }

    /// <exception cref="InvalidOperationException">SQLite did not take a setting, as on a network file system without shared
    /// memory.</exception>
    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Set;
        command.ExecuteNonQuery();
        command.CommandText = Read;
        var found = (string?)command.ExecuteScalar();
        if (found != Wanted)
        {
            throw new InvalidOperationException(
                $"SQLite runs with (journal, synchronous, foreign keys, busy timeout) = ({found}) where ({Wanted}) is needed to keep what was "
                    + "accepted. Put Data:Directory on a local disk."
            );
        }
    }
}
