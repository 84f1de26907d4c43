using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Signals;

[NeedsServer]
public sealed class SignalStoreTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly DateTime LongAgo = Writes.Received.AddDays(-1);

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task NewSignal_IsStoredColumnByColumn(string database)
    {
        using var at = await StoreAsync(database);
        var write = at.Writes.New(
            "id:1",
            change: row =>
            {
                row.Reason = "Kursänderung 🚀 \u202Eשלום \uFFFF 'quoted' \\ \"";
                row.Payload = "{\n\t\"a\":\"\\u0000\", \"b\":\"🚀\"}";
                row.Detail = """{"draft":{"extras":{"x":"\u0000\ud83d\ude80"}}}""";
                row.Symbol = null;
                row.BatchId = row.AccountId;
            }
        );

        var receipts = at.Store.Write([write], null, LongAgo);

        receipts.ShouldBe([new SignalReceipt(SignalReceiptKind.Stored, write.Row.Id)]);
        var row = (await at.RowsAsync()).ShouldHaveSingleItem();
        write.Row.DedupeKey = "id:1";
        row.ShouldBeEquivalentTo(write.Row);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SameKeyTwiceInOneBatch_IsStoredOnceAndBothNameIt(string database)
    {
        using var at = await StoreAsync(database);
        SignalWrite[] batch = [at.Writes.New("id:z"), at.Writes.New("id:a"), at.Writes.New("id:z"), at.Writes.New("id:z")];

        var receipts = at.Store.Write(batch, null, LongAgo);

        receipts.Select(r => r.Id).ShouldBe([batch[0].Row.Id, batch[1].Row.Id, batch[0].Row.Id, batch[0].Row.Id]);
        receipts
            .Select(r => r.Kind)
            .ShouldBe([SignalReceiptKind.Stored, SignalReceiptKind.Stored, SignalReceiptKind.Duplicate, SignalReceiptKind.Duplicate]);
        (await at.RowsAsync()).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SameKeyInALaterBatch_NamesTheFirst(string database)
    {
        using var at = await StoreAsync(database);
        var first = at.Writes.New("id:1");
        at.Store.Write([first], null, LongAgo);

        var receipts = at.Store.Write([at.Writes.New("id:2"), at.Writes.New("id:1")], null, LongAgo);

        receipts[0].Kind.ShouldBe(SignalReceiptKind.Stored);
        receipts[1].ShouldBe(new SignalReceipt(SignalReceiptKind.Duplicate, first.Row.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SameKeyAtAnotherWebhook_IsNew(string database)
    {
        using var at = await StoreAsync(database);
        var other = new Writes(at.Ids);

        var receipts = at.Store.Write([at.Writes.New("id:1"), other.New("id:1")], null, LongAgo);

        receipts.ShouldAllBe(r => r.Kind == SignalReceiptKind.Stored);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task BodyAfterItsWindow_IsNewAndFromThenOnTheFirst(string database)
    {
        using var at = await StoreAsync(database);
        at.Store.Write([at.Writes.New("body:1", expires: true)], null, LongAgo);

        var atItsEnd = at.Store.Write([at.Writes.New("body:1", expires: true)], null, Writes.Received);
        var later = Writes.Received.AddSeconds(31);
        SignalWrite[] again =
        [
            at.Writes.New("body:1", expires: true, received: later),
            at.Writes.New("body:1", expires: true, received: later),
        ];
        var after = at.Store.Write(again, null, later.AddSeconds(-30));
        var duplicate = at.Store.Write([at.Writes.New("body:1", expires: true, received: later)], null, later.AddSeconds(-30));

        atItsEnd[0].Kind.ShouldBe(SignalReceiptKind.Duplicate);
        after[0].ShouldBe(new SignalReceipt(SignalReceiptKind.Stored, again[0].Row.Id));
        after[1].ShouldBe(new SignalReceipt(SignalReceiptKind.Duplicate, again[0].Row.Id));
        duplicate[0].ShouldBe(new SignalReceipt(SignalReceiptKind.Duplicate, again[0].Row.Id));
        (await at.RowsAsync()).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task IdOfTheSender_NeverExpires(string database)
    {
        using var at = await StoreAsync(database);
        at.Store.Write([at.Writes.New("id:1")], null, LongAgo);

        var receipts = at.Store.Write([at.Writes.New("id:1")], null, Writes.Received.AddYears(1));

        receipts[0].Kind.ShouldBe(SignalReceiptKind.Duplicate);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task RefusedSignal_LeavesItsKeyToTheCorrectedResend(string database)
    {
        using var at = await StoreAsync(database);
        var refused = at.Store.Write([at.Writes.New("id:1", claims: false)], null, LongAgo);
        var refusedAgain = at.Store.Write([at.Writes.New("id:1", claims: false)], null, LongAgo);
        var accepted = at.Store.Write([at.Writes.New("id:1")], null, LongAgo);
        var late = at.Store.Write([at.Writes.New("id:1", claims: false)], null, LongAgo);

        new[] { refused[0], refusedAgain[0], accepted[0] }.ShouldAllBe(r => r.Kind == SignalReceiptKind.Stored);
        late[0].ShouldBe(new SignalReceipt(SignalReceiptKind.Duplicate, accepted[0].Id));
        (await at.RowsAsync()).Select(r => r.DedupeKey).ShouldBe([null, null, "id:1"], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task InstantOfACommit_IsStoredWithTheNextOneOrAlone(string database)
    {
        using var at = await StoreAsync(database);
        SignalBatch[] commits =
        [
            new() { Id = at.Ids.Next(), CommittedAt = Writes.Received },
            new() { Id = at.Ids.Next(), CommittedAt = Writes.Received.AddSeconds(1) },
        ];

        at.Store.Write([at.Writes.New("id:1")], commits[0], LongAgo);
        at.Store.Write([], commits[1], LongAgo);
        at.Store.Write([], commits[1], LongAgo);

        await using var db = await at.DatabaseAsync();
        var ids = commits.Select(c => c.Id).ToArray();
        (await db.SignalBatches.Where(b => ids.Contains(b.Id)).OrderBy(b => b.CommittedAt).ToListAsync()).ShouldBeEquivalentTo(
            commits.ToList()
        );
    }

    /// <summary>As behind a load balancer that resends: the same alerts at both at once, in another order.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task SameAlertsAtTwoInstances_AreOneRowEachAndBothNameIt(string database)
    {
        using var at = await StoreAsync(database);
        using var other = at.Another();
        var random = new Random(20_260_102);
        var keys = Enumerable.Range(0, 600).Select(i => $"id:{i}").ToArray();
        var orders = new[] { keys.OrderBy(_ => random.Next()).ToArray(), [.. keys.OrderBy(_ => random.Next())] };
        var expiring = keys.Take(100).Select((k, i) => at.Writes.New(k, expires: true, received: LongAgo.AddMilliseconds(i))).ToArray();
        at.Store.Write(expiring, null, LongAgo.AddDays(-1));

        var told = await Task.WhenAll(Task.Run(() => Send(at.Store, orders[0])), Task.Run(() => Send(other, orders[1])));

        var stored = (await at.RowsAsync())
            .Where(r => !r.DedupeKey!.Contains('@', StringComparison.Ordinal))
            .ToDictionary(r => r.DedupeKey!, r => r.Id);
        stored.Keys.ShouldBe(keys, ignoreOrder: true);
        told.ShouldAllBe(answers => answers.All(a => stored[a.Key] == a.Value));

        Dictionary<string, Guid> Send(SignalStore store, string[] order)
        {
            var answers = new Dictionary<string, Guid>();
            foreach (var chunk in order.Chunk(60))
            {
                var batch = chunk.Select(k => at.Writes.New(k, expires: true)).ToArray();
                var receipts = Retry(() => store.Write(batch, null, Writes.Received.AddSeconds(-30)));
                foreach (var (write, receipt) in batch.Zip(receipts))
                {
                    answers.Add(write.Key, receipt.Id);
                }
            }

            return answers;
        }
    }

    // As SignalWriter does.
    private static T Retry<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            return write();
        }
    }

    private async Task<Place> StoreAsync(string database) => new(await databases.OnAsync(database), database);

    private sealed class Place(AppFactory app, string database) : IDisposable
    {
        public SequentialIds Ids { get; } = app.Get<SequentialIds>();
        public Writes Writes { get; } = new(app.Get<SequentialIds>());
        public SignalStore Store { get; } = New(app, database);

        public SignalStore Another() => New(app, database);

        public Task<AppDb> DatabaseAsync() => app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();

        public async Task<List<Signal>> RowsAsync()
        {
            await using var db = await DatabaseAsync();
            return await db.Signals.Where(s => s.WebhookId == Writes.WebhookId).AsNoTracking().ToListAsync();
        }

        public void Dispose() => Store.Dispose();

        private static SignalStore New(AppFactory app, string database) =>
            database == TwoDatabases.Postgres
                ? new PostgresSignalStore(app.Get<NpgsqlDataSource>(), timeoutSeconds: 10)
                : new SqliteSignalStore(app.Get<IDbContextFactory<SqliteDb>>());
    }
}
