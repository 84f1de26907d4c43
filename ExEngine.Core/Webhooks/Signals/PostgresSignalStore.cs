using Npgsql;
using NpgsqlTypes;

namespace ExEngine.Core.Webhooks.Signals;

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
        INSERT INTO signals (id, user_id, webhook_id, account_id, received_at, due_at, batch_id, dedupe_key, status, preset, symbol,
            action, size, code, reason, payload, detail, source_ip, request_id)
        SELECT id, user_id, webhook_id, account_id, received_at, due_at, $20, CASE WHEN claims THEN key END, status, preset, symbol,
            action, size, code, reason, payload, detail, source_ip, request_id
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::bool[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::timestamptz[])
          AS t (id, user_id, webhook_id, account_id, received_at, key, claims, status, preset, symbol, action, size, code, reason,
            payload, detail, source_ip, request_id, due_at)
        WHERE claims OR NOT EXISTS (SELECT FROM signals s WHERE s.webhook_id = t.webhook_id AND s.dedupe_key = t.key)
        ORDER BY webhook_id, key, id
        ON CONFLICT (webhook_id, dedupe_key) DO NOTHING
        RETURNING id
        """;

    private const string FindSql = """
        SELECT t.ordinal, s.id FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS t (webhook_id, key, ordinal)
        JOIN signals s ON s.webhook_id = t.webhook_id AND s.dedupe_key = t.key
        """;

    // A plan is made once and kept. Made while the table is small it would read the whole table, and go on doing so when
    // the table has grown; every look-up here is by index, whatever the statistics say.
    private const string PlanSql = """
        SET plan_cache_mode = force_generic_plan; SET jit = off;
        SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off
        """;

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _plain;
    private NpgsqlBatch? _expiring;

    public override SignalReceipt[] Write(IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore)
    {
        try
        {
            var retires = batch.Any(w => w.KeyExpires);
            var prepared = retires ? _expiring ??= Prepare(retires) : _plain ??= Prepare(retires);
            if (retires)
            {
                FillRetired(prepared.BatchCommands[0].Parameters, batch, expiredBefore);
            }

            Fill(prepared, batch, previous);
            var stored = new HashSet<Guid>(batch.Count);

            // Rows arrive before the commit; only the end of the reader says that it succeeded.
            using (var reader = prepared.ExecuteReader())
            {
                do
                {
                    while (reader.Read())
                    {
                        stored.Add(reader.GetGuid(0));
                    }
                } while (reader.NextResult());
            }

            return stored.Count == batch.Count
                ? [.. batch.Select(w => new SignalReceipt(SignalReceiptKind.Stored, w.Row.Id))]
                : WithDuplicates(batch, stored);
        }
        catch
        {
            Close();
            throw;
        }
    }

    protected override void Close()
    {
        var connection = _connection;
        (_connection, _plain, _expiring) = (null, null, null);
        connection?.Dispose();
    }

    private NpgsqlConnection Open()
    {
        if (_connection is null)
        {
            _connection = dataSource.OpenConnection();
            using var plan = new NpgsqlCommand(PlanSql, _connection) { CommandTimeout = timeoutSeconds };
            plan.ExecuteNonQuery();
        }

        return _connection;
    }

    private NpgsqlBatch Prepare(bool retires)
    {
        var batch = new NpgsqlBatch(Open()) { Timeout = timeoutSeconds };
        if (retires)
        {
            batch.BatchCommands.Add(
                Command(RetireSql, new NpgsqlParameter<Guid[]>(), new NpgsqlParameter<string[]>(), Instant<DateTime>())
            );
        }

        batch.BatchCommands.Add(Command(BatchSql, new NpgsqlParameter<Guid[]>(), Instant<DateTime[]>(NpgsqlDbType.Array)));
        batch.BatchCommands.Add(
            Command(
                InsertSql,
                [
                    new NpgsqlParameter<Guid[]>(),
                    new NpgsqlParameter<Guid[]>(),
                    new NpgsqlParameter<Guid[]>(),
                    new NpgsqlParameter<Guid[]>(),
                    Instant<DateTime[]>(NpgsqlDbType.Array),
                    new NpgsqlParameter<string[]>(),
                    new NpgsqlParameter<bool[]>(),
                    .. Enumerable
                        .Range(0, 11)
                        .Select(_ => new NpgsqlParameter<string?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }),
                    Instant<DateTime?[]>(NpgsqlDbType.Array),
                    new NpgsqlParameter<Guid>(),
                ]
            )
        );
        batch.Prepare();
        return batch;
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

    private static void FillRetired(NpgsqlParameterCollection retire, IReadOnlyList<SignalWrite> batch, DateTime expiredBefore)
    {
        var expiring = batch.Where(w => w.KeyExpires).ToArray();
        Set(retire, 0, Column(expiring, w => w.Row.WebhookId));
        Set(retire, 1, Column(expiring, w => w.Key));
        Set(retire, 2, expiredBefore);
    }

    private static void Fill(NpgsqlBatch prepared, IReadOnlyList<SignalWrite> batch, SignalBatch? previous)
    {
        var commits = prepared.BatchCommands[^2].Parameters;
        Set(commits, 0, previous is null ? [] : new[] { previous.Id });
        Set(commits, 1, previous is null ? [] : new[] { previous.CommittedAt });

        var insert = prepared.BatchCommands[^1].Parameters;
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
        Set(insert, 18, Column(batch, w => w.Row.DueAt));
        Set(insert, 19, batch.Count == 0 ? Guid.Empty : batch[0].Row.BatchId);
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

    private SignalReceipt[] WithDuplicates(IReadOnlyList<SignalWrite> batch, HashSet<Guid> stored)
    {
        using var command = new NpgsqlCommand(FindSql, _connection) { CommandTimeout = timeoutSeconds };
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Column(batch, w => w.Row.WebhookId) });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Column(batch, w => w.Key) });
        var first = new Guid[batch.Count];
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                first[(int)reader.GetInt64(0) - 1] = reader.GetGuid(1);
            }
        }

        return
        [
            .. batch.Select(
                (w, i) =>
                    stored.Contains(w.Row.Id) ? new SignalReceipt(SignalReceiptKind.Stored, w.Row.Id)
                    : first[i] != Guid.Empty ? new SignalReceipt(SignalReceiptKind.Duplicate, first[i])
                    : new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty)
            ),
        ];
    }
}
