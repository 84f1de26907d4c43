using Npgsql;
using NpgsqlTypes;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// One prepared batch of statements per commit: one round trip, one implicit transaction, one flush of the log for
/// every signal that waited. Holds a connection of its own and opens a new one after a failure.
/// </summary>
public sealed class PostgresSignalStore(NpgsqlDataSource dataSource, int timeoutSeconds) : SignalStore
{
    // A key whose window is over is set aside under the id of its row, so that the unique constraint lets the next one in.
    private const string RetireSql = """
        UPDATE signals SET dedupe_key = dedupe_key || '@' || id
        WHERE (webhook_id, dedupe_key) IN (SELECT * FROM unnest($1::uuid[], $2::text[])) AND received_at < $3
        """;

    private const string BatchSql =
        "INSERT INTO signal_batches (id, committed_at) SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) ON CONFLICT DO NOTHING";

    // In the order of the keys: two instances that get the same alerts then wait for each other, never crosswise.
    private const string InsertSql = """
        INSERT INTO signals (id, user_id, webhook_id, account_id, received_at, batch_id, dedupe_key, status, preset, symbol,
            action, size, code, reason, payload, detail, source_ip, request_id)
        SELECT id, user_id, webhook_id, account_id, received_at, $19, CASE WHEN claims THEN key END, status, preset, symbol,
            action, size, code, reason, payload, detail, source_ip, request_id
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::bool[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[])
          AS t (id, user_id, webhook_id, account_id, received_at, key, claims, status, preset, symbol, action, size, code, reason,
            payload, detail, source_ip, request_id)
        WHERE claims OR NOT EXISTS (SELECT FROM signals s WHERE s.webhook_id = t.webhook_id AND s.dedupe_key = t.key)
        ORDER BY webhook_id, key, id
        ON CONFLICT (webhook_id, dedupe_key) DO NOTHING
        RETURNING id
        """;

    private const string FindSql = """
        SELECT t.ordinal, s.id FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS t (webhook_id, key, ordinal)
        JOIN signals s ON s.webhook_id = t.webhook_id AND s.dedupe_key = t.key
        """;

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;

    public override async Task<SignalReceipt[]> WriteAsync(
        IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore, CancellationToken cancellationToken)
    {
        try
        {
            var prepared = await PrepareAsync(cancellationToken);
            Fill(prepared, batch, previous, expiredBefore);
            var stored = new HashSet<Guid>(batch.Count);

            // Rows arrive before the commit; only the end of the reader says that it succeeded.
            await using (var reader = await prepared.ExecuteReaderAsync(cancellationToken))
            {
                do
                {
                    while (await reader.ReadAsync(cancellationToken))
                    {
                        stored.Add(reader.GetGuid(0));
                    }
                }
                while (await reader.NextResultAsync(cancellationToken));
            }

            return stored.Count == batch.Count
                ? [.. batch.Select(w => new SignalReceipt(SignalReceiptKind.Stored, w.Row.Id))]
                : await WithDuplicatesAsync(batch, stored, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        var connection = _connection;
        (_connection, _batch) = (null, null);
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlBatch> PrepareAsync(CancellationToken cancellationToken)
    {
        if (_batch is not null)
        {
            return _batch;
        }

        _connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var batch = new NpgsqlBatch(_connection) { Timeout = timeoutSeconds };
        batch.BatchCommands.Add(Command(RetireSql,
            new NpgsqlParameter<Guid[]>(), new NpgsqlParameter<string[]>(), Instant<DateTime>()));
        batch.BatchCommands.Add(Command(BatchSql, new NpgsqlParameter<Guid[]>(), Instant<DateTime[]>(NpgsqlDbType.Array)));
        batch.BatchCommands.Add(Command(InsertSql,
        [
            new NpgsqlParameter<Guid[]>(), new NpgsqlParameter<Guid[]>(), new NpgsqlParameter<Guid[]>(), new NpgsqlParameter<Guid[]>(),
            Instant<DateTime[]>(NpgsqlDbType.Array), new NpgsqlParameter<string[]>(), new NpgsqlParameter<bool[]>(),
            .. Enumerable.Range(0, 11).Select(_ => new NpgsqlParameter<string?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }),
            new NpgsqlParameter<Guid>(),
        ]));
        await batch.PrepareAsync(cancellationToken);
        return _batch = batch;
    }

    // Prepared before any value is there, a DateTime would be taken for one without a time zone.
    private static NpgsqlParameter<T> Instant<T>(NpgsqlDbType shape = default) => new() { NpgsqlDbType = shape | NpgsqlDbType.TimestampTz };

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Fill(NpgsqlBatch prepared, IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore)
    {
        var retire = prepared.BatchCommands[0].Parameters;
        var expiring = batch.Where(w => w.KeyExpires).ToArray();
        Set(retire, 0, Column(expiring, w => w.Row.WebhookId));
        Set(retire, 1, Column(expiring, w => w.Key));
        Set(retire, 2, expiredBefore);

        var commits = prepared.BatchCommands[1].Parameters;
        Set(commits, 0, previous is null ? [] : new[] { previous.Id });
        Set(commits, 1, previous is null ? [] : new[] { previous.CommittedAt });

        var insert = prepared.BatchCommands[2].Parameters;
        Set(insert, 0, Column(batch, w => w.Row.Id));
        Set(insert, 1, Column(batch, w => w.Row.UserId));
        Set(insert, 2, Column(batch, w => w.Row.WebhookId));
        Set(insert, 3, Column(batch, w => w.Row.AccountId));
        Set(insert, 4, Column(batch, w => w.Row.ReceivedAt));
        Set(insert, 5, Column(batch, w => w.Key));
        Set(insert, 6, Column(batch, w => w.ClaimsKey));
        Set(insert, 7, Column<string?>(batch, w => w.Row.Status.ToString()));
        Set(insert, 8, Column<string?>(batch, w => w.Row.Preset));
        Set(insert, 9, Column(batch, w => w.Row.Symbol));
        Set(insert, 10, Column(batch, w => w.Row.Action));
        Set(insert, 11, Column(batch, w => w.Row.Size));
        Set(insert, 12, Column(batch, w => w.Row.Code));
        Set(insert, 13, Column(batch, w => w.Row.Reason));
        Set(insert, 14, Column<string?>(batch, w => w.Row.Payload));
        Set(insert, 15, Column<string?>(batch, w => w.Row.Detail));
        Set(insert, 16, Column<string?>(batch, w => w.Row.SourceIp));
        Set(insert, 17, Column<string?>(batch, w => w.Row.RequestId));
        Set(insert, 18, batch.Count == 0 ? Guid.Empty : batch[0].Row.BatchId);
    }

    private static void Set<T>(NpgsqlParameterCollection parameters, int index, T value) =>
        ((NpgsqlParameter<T>)parameters[index]).TypedValue = value;

    private static T[] Column<T>(IReadOnlyList<SignalWrite> batch, Func<SignalWrite, T> select)
    {
        var column = new T[batch.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = select(batch[i]);
        }

        return column;
    }

    private async Task<SignalReceipt[]> WithDuplicatesAsync(
        IReadOnlyList<SignalWrite> batch, HashSet<Guid> stored, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindSql, _connection) { CommandTimeout = timeoutSeconds };
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Column(batch, w => w.Row.WebhookId) });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Column(batch, w => w.Key) });
        var first = new Guid[batch.Count];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                first[(int)reader.GetInt64(0) - 1] = reader.GetGuid(1);
            }
        }

        return [.. batch.Select((w, i) => stored.Contains(w.Row.Id) ? new SignalReceipt(SignalReceiptKind.Stored, w.Row.Id)
            : first[i] != Guid.Empty ? new SignalReceipt(SignalReceiptKind.Duplicate, first[i])
            : new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty))];
    }
}
