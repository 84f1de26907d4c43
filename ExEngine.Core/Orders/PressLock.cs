using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using System.Buffers.Binary;

namespace ExEngine.Core.Orders;

/// <summary>
/// Makes requests of the same press wait for each other, so that the second one sees the first one's order before anything else of it
/// is judged. On SQLite a transaction that writes is alone anyway.
/// </summary>
public static class PressLock
{
    // One key of 64 bits, as that has another space than the pairs of RiskLock.
    private const long Class = 0x5072_0000_0000_0000;

    /// <summary>Held to the end of the transaction. PostgreSQL ends one that was frozen under it.</summary>
    public static Task TakeAsync(AppDb db, Guid press, CancellationToken cancellationToken) => db is PostgresDb
        ? db.Database.ExecuteSqlAsync(
            $"SELECT set_config('idle_in_transaction_session_timeout', '15s', true), pg_advisory_xact_lock({Key(press)})", cancellationToken)
        : Task.CompletedTask;

    // Two presses may share a key; they then wait for each other once, and nothing else.
    private static long Key(Guid press)
    {
        Span<byte> bytes = stackalloc byte[16];
        press.TryWriteBytes(bytes, bigEndian: true, out _);
        return Class | (BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & 0xFFFF_FFFF_FFFF);
    }
}
