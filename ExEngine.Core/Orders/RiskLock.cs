using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using System.Buffers.Binary;

namespace ExEngine.Core.Orders;

/// <summary>
/// Makes planning and a change of the trading state exclude each other, per user: an order is either committed before a halt,
/// and then seen by it, or planned after it, and then denied. On SQLite a transaction that writes is alone anyway.
/// </summary>
public static class RiskLock
{
    // An advisory lock needs no row: most users never set a limit.
    private const int Class = 0x5269;

    /// <summary>For those who plan: several may, none while the state is being changed. Held to the end of the transaction.</summary>
    public static Task PlanAsync(AppDb db, Guid userId, CancellationToken cancellationToken) => db is PostgresDb
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({Class}, {Key(userId)})", cancellationToken)
        : Task.CompletedTask;

    /// <summary>For those who change state or limits. PostgreSQL ends a transaction that was frozen under it, because everyone of the user waits for it.</summary>
    public static Task ChangeAsync(AppDb db, Guid userId, CancellationToken cancellationToken) => db is PostgresDb
        ? db.Database.ExecuteSqlAsync(
            $"SELECT set_config('idle_in_transaction_session_timeout', '15s', true), pg_advisory_xact_lock({Class}, {Key(userId)})", cancellationToken)
        : Task.CompletedTask;

    // Two users may share a key; they then wait for each other now and then, and nothing else.
    private static int Key(Guid userId)
    {
        Span<byte> bytes = stackalloc byte[16];
        userId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
    }
}
