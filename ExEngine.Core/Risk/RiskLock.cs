using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExEngine.Core.Risk;

/// <summary>
/// Makes planning and a change of the trading state exclude each other, per user: an order is either committed before a halt,
/// and then seen by it, or planned after it, and then denied. On SQLite a transaction that writes is alone anyway.
/// </summary>
public static class RiskLock
{
    // An advisory lock needs no row: most users never set a limit.
    private const int Kind = 0x5269;

    // Limits that count what others are planning right now let one plan at a time.
    private const string PlanSql = """
        SELECT CASE WHEN EXISTS (
            SELECT FROM risk_settings WHERE scope_id IN ($1, $2, $3)
            AND (max_open_orders IS NOT NULL OR max_position_value IS NOT NULL OR max_exposure IS NOT NULL))
        THEN set_config('idle_in_transaction_session_timeout', '15s', true) || pg_advisory_xact_lock($4, $5)::text
        ELSE pg_advisory_xact_lock_shared($4, $5)::text END
        """;

    private const string AnySql = "SELECT EXISTS (SELECT FROM risk_settings WHERE scope_id IN ($1, $2, $3))";

    /// <summary>For those who plan: several may, none while the state is being changed. Held to the end of the transaction.</summary>
    /// <returns>False when nothing was ever set for these, which most users never do.</returns>
    public static async Task<bool> PlanAsync(AppDb db, Guid userId, Guid accountId, Guid? webhookId, CancellationToken cancellationToken)
    {
        if (db is not PostgresDb)
        {
            return true;
        }

        // One round trip; the second statement sees what was committed until the first one had the lock.
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction()
        );
        batch.BatchCommands.Add(Command(PlanSql, userId, accountId, webhookId));
        batch.BatchCommands[0].Parameters.Add(new NpgsqlParameter<int> { TypedValue = Kind });
        batch.BatchCommands[0].Parameters.Add(new NpgsqlParameter<int> { TypedValue = AdvisoryLock.Key(userId) });
        batch.BatchCommands.Add(Command(AnySql, userId, accountId, webhookId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
    }

    /// <summary>For those who change state or limits.</summary>
    public static Task ChangeAsync(AppDb db, Guid userId, CancellationToken cancellationToken) =>
        AdvisoryLock.TakeAsync(db, Kind, userId, cancellationToken);

    private static NpgsqlBatchCommand Command(string sql, Guid userId, Guid accountId, Guid? webhookId)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var scope in new[] { userId, accountId, webhookId ?? Guid.Empty })
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = scope });
        }

        return command;
    }
}
