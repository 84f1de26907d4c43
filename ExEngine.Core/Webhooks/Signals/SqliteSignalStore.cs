using ExEngine.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>One transaction per batch on a connection of its own, opened through <see cref="SqliteDb"/> so that its pragmas hold.</summary>
public sealed class SqliteSignalStore(IDbContextFactory<SqliteDb> databases) : SignalStore
{
    private const string RetireSql =
        "UPDATE signals SET dedupe_key = dedupe_key || '@' || id WHERE webhook_id = $webhook AND dedupe_key = $key AND received_at < $before";

    private const string BatchSql = "INSERT INTO signal_batches (id, committed_at) VALUES ($id, $committed) ON CONFLICT DO NOTHING";

    private const string InsertSql = """
        INSERT INTO signals (id, user_id, webhook_id, account_id, received_at, batch_id, due_at, dedupe_key, status, preset, symbol,
            action, size, code, reason, payload, detail, source_ip, request_id)
        SELECT $id, $user, $webhook, $account, $received, $batch, $due, CASE WHEN $claims THEN $key END, $status, $preset, $symbol,
            $action, $size, $code, $reason, $payload, $detail, $ip, $request
        WHERE $claims OR NOT EXISTS (SELECT 1 FROM signals WHERE webhook_id = $webhook AND dedupe_key = $key)
        ON CONFLICT (webhook_id, dedupe_key) DO NOTHING
        """;

    private const string FindSql = "SELECT id FROM signals WHERE webhook_id = $webhook AND dedupe_key = $key";

    private SqliteDb? _db;
    private SqliteCommand? _retire;
    private SqliteCommand? _batch;
    private SqliteCommand? _insert;
    private SqliteCommand? _find;

    public override SignalReceipt[] Write(IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore)
    {
        try
        {
            var connection = Open();

            // Immediate: the write lock is taken here, where waiting for it is harmless, and not in the middle.
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var command in new[] { _retire!, _batch!, _insert!, _find! })
            {
                command.Transaction = transaction;
            }

            if (previous is not null)
            {
                Run(_batch!, ("$id", previous.Id), ("$committed", previous.CommittedAt));
            }

            var receipts = new SignalReceipt[batch.Count];
            for (var i = 0; i < receipts.Length; i++)
            {
                receipts[i] = WriteOne(batch[i], expiredBefore);
            }

            transaction.Commit();
            return receipts;
        }
        catch
        {
            Close();
            throw;
        }
    }

    protected override void Close()
    {
        foreach (var command in new[] { _retire, _batch, _insert, _find })
        {
            command?.Dispose();
        }

        var db = _db;
        (_db, _retire, _batch, _insert, _find) = (null, null, null, null, null);
        db?.Dispose();
    }

    private SignalReceipt WriteOne(SignalWrite write, DateTime expiredBefore)
    {
        var row = write.Row;
        if (write.KeyExpires)
        {
            Run(_retire!, ("$webhook", row.WebhookId), ("$key", write.Key), ("$before", expiredBefore));
        }

        var inserted = Run(
            _insert!,
            ("$id", row.Id),
            ("$user", row.UserId),
            ("$webhook", row.WebhookId),
            ("$account", row.AccountId),
            ("$received", row.ReceivedAt),
            ("$batch", row.BatchId),
            ("$due", row.DueAt),
            ("$claims", write.ClaimsKey),
            ("$key", write.Key),
            ("$status", row.Status.ToString()),
            ("$preset", row.Preset),
            ("$symbol", row.Symbol),
            ("$action", row.Action),
            ("$size", row.Size),
            ("$code", row.Code),
            ("$reason", row.Reason),
            ("$payload", row.Payload),
            ("$detail", row.Detail),
            ("$ip", row.SourceIp),
            ("$request", row.RequestId)
        );
        if (inserted == 1)
        {
            return new SignalReceipt(SignalReceiptKind.Stored, row.Id);
        }

        Bind(_find!, ("$webhook", row.WebhookId), ("$key", write.Key));
        return _find!.ExecuteScalar() is string first
            ? new SignalReceipt(SignalReceiptKind.Duplicate, Guid.Parse(first))
            : new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty);
    }

    private SqliteConnection Open()
    {
        if (_db is null)
        {
            _db = databases.CreateDbContext();
            _db.Database.OpenConnection();
            var connection = (SqliteConnection)_db.Database.GetDbConnection();
            (_retire, _batch, _insert, _find) = (
                Command(connection, RetireSql),
                Command(connection, BatchSql),
                Command(connection, InsertSql),
                Command(connection, FindSql)
            );
        }

        return (SqliteConnection)_db.Database.GetDbConnection();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var isNew = command.Parameters.Count == 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (isNew)
            {
                command.Parameters.AddWithValue(values[i].Name, values[i].Value ?? DBNull.Value);
            }
            else
            {
                command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
            }
        }
    }
}
