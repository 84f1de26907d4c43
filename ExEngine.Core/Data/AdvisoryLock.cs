using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>
/// A lock of PostgreSQL's that needs no row, held to the end of the transaction. On SQLite a transaction that writes is alone anyway.
/// </summary>
internal static class AdvisoryLock
{
    /// <summary>
    /// Requests with the same <c>Idempotency-Key</c>: the second one sees the first one's order before anything else of it is judged.
    /// </summary>
    public const int IdempotencyKey = 0x5072;

    /// <summary>Requests of one user that would each add a row, where the number of rows is capped.</summary>
    public const int UserCap = 0x5073;

    /// <summary>Decisions about all users together: see <see cref="UserRows.TakeTurnAsync"/>.</summary>
    public const int Users = 0x5573;

    /// <summary>Alone. PostgreSQL ends a transaction that was frozen under it, because others wait for it.</summary>
    /// <param name="kind">What is locked; each kind has keys of its own.</param>
    public static Task TakeAsync(AppDb db, int kind, Guid subject, CancellationToken cancellationToken) =>
        db is PostgresDb
            ? db.Database.ExecuteSqlAsync(
                $"SELECT set_config('idle_in_transaction_session_timeout', '15s', true), pg_advisory_xact_lock({kind}, {Key(subject)})",
                cancellationToken
            )
            : Task.CompletedTask;

    /// <summary>Two subjects may share a key; they then wait for each other now and then, and nothing else.</summary>
    public static int Key(Guid subject)
    {
        Span<byte> bytes = stackalloc byte[16];
        subject.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
    }
}
