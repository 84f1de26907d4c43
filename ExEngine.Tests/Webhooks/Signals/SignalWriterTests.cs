using System.Diagnostics;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Signals;

[NeedsServer]
public sealed class SignalWriterTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task ManyAtOnce_AreEachAnsweredAndEachStoredOnce(string database)
    {
        await using var at = await StartAsync(await databases.OnAsync(database));
        var writes = Enumerable.Range(0, 2_000).Select(i => at.New($"id:{i % 1_500}")).ToArray();

        var receipts = await Task.WhenAll(writes.Select(w => Task.Run(() => at.Writer.WriteAsync(w))));

        receipts.Count(r => r.Kind == SignalReceiptKind.Stored).ShouldBe(1_500);
        receipts.Count(r => r.Kind == SignalReceiptKind.Duplicate).ShouldBe(500);
        var rows = await at.RowsAsync();
        rows.Count.ShouldBe(1_500);
        writes.Zip(receipts).ShouldAllBe(pair => rows[pair.First.Key] == pair.Second.Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Stopping_WritesEverythingThatWaits(string database)
    {
        await using var at = await StartAsync(await databases.OnAsync(database), start: false);
        var waiting = Enumerable.Range(0, 700).Select(i => at.Writer.WriteAsync(at.New($"id:{i}"))).ToArray();

        await at.Writer.StartAsync(default);
        await at.Writer.StopAsync(default);

        (await Task.WhenAll(waiting)).ShouldAllBe(r => r.Kind == SignalReceiptKind.Stored);
        (await at.RowsAsync()).Count.ShouldBe(700);
        (await at.Writer.WriteAsync(at.New("id:late"))).Kind.ShouldBe(SignalReceiptKind.Unavailable);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task StoppedAgainAfterItsEnd_IsStoppedAlready(string database)
    {
        var at = await StartAsync(await databases.OnAsync(database));
        await at.Writer.StopAsync(default);
        await at.DisposeAsync();

        await Should.NotThrowAsync(() => at.Writer.StopAsync(default));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task InstantOfTheLastCommit_IsStoredWithoutWaitingForAnotherSignal(string database)
    {
        await using var at = await StartAsync(await databases.OnAsync(database));
        var write = at.New("id:1");

        await at.Writer.WriteAsync(write);

        await using var db = await at.DatabaseAsync();
        await Until.True(() => db.SignalBatches.AnyAsync(b => b.Id == write.Row.BatchId));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task FullQueue_IsToldAtOnce(string database)
    {
        await using var at = await StartAsync(await databases.OnAsync(database), start: false, options: new() { QueueLimit = 2 });
        var waiting = new[] { at.Writer.WriteAsync(at.New("id:1")), at.Writer.WriteAsync(at.New("id:2")) };

        var third = at.Writer.WriteAsync(at.New("id:3"));

        third.IsCompleted.ShouldBeTrue();
        (await third).Kind.ShouldBe(SignalReceiptKind.Unavailable);
        await at.Writer.StartAsync(default);
        (await Task.WhenAll(waiting)).ShouldAllBe(r => r.Kind == SignalReceiptKind.Stored);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SignalThatNobodyWaitsForAnyMore_IsNotWritten(string database)
    {
        await using var at = await StartAsync(await databases.OnAsync(database), start: false);

        var late = await at.Writer.WriteAsync(at.New("id:late", deadline: TimeProvider.System.GetTimestamp()));
        var next = at.Writer.WriteAsync(at.New("id:next"));
        await at.Writer.StartAsync(default);

        late.Kind.ShouldBe(SignalReceiptKind.Unavailable);
        (await next).Kind.ShouldBe(SignalReceiptKind.Stored);
        (await at.RowsAsync()).Keys.ShouldBe(["id:next"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task RowThatTheDatabaseRefuses_TakesNoNeighbourWithIt(int character)
    {
        await using var at = await StartAsync(await databases.OnAsync(TwoDatabases.Postgres), start: false);
        var good = Enumerable.Range(0, 3).Select(i => at.New($"id:{i}")).ToArray();
        var bad = at.New("id:bad");
        bad.Row.Reason = ((char)character).ToString();
        var answers = new[] { good[0], bad, good[1], good[2] }.Select(w => at.Writer.WriteAsync(w)).ToArray();

        await at.Writer.StartAsync(default);

        (await Task.WhenAll(answers))
            .Select(r => r.Kind)
            .ShouldBe([SignalReceiptKind.Stored, SignalReceiptKind.Unavailable, SignalReceiptKind.Stored, SignalReceiptKind.Stored]);
        (await at.RowsAsync()).Keys.ShouldBe(["id:0", "id:1", "id:2"], ignoreOrder: true);
    }

    [Fact]
    public async Task PostgresThatDoesNotAnswer_IsToldInTimeAndForgottenWhenItIsBack()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var app = new AppFactory { ["ConnectionStrings:Postgres"] = await server.CreateDatabaseAsync() };
        await using var at = await StartAsync(app);
        (await at.Writer.WriteAsync(at.New("id:before"))).Kind.ShouldBe(SignalReceiptKind.Stored);

        await server.SignalAllAsync("STOP");
        try
        {
            var watch = Stopwatch.StartNew();
            (await at.Writer.WriteAsync(at.New("id:frozen", limit: TimeSpan.FromSeconds(2.5)))).Kind.ShouldBe(
                SignalReceiptKind.Unavailable
            );
            watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2.4), TimeSpan.FromSeconds(3.5));
        }
        finally
        {
            await server.SignalAllAsync("CONT");
        }

        var tries = 0;
        await Until.True(async () => (await at.Writer.WriteAsync(at.New($"id:after{tries++}"))).Kind == SignalReceiptKind.Stored);
        (await at.RowsAsync()).Keys.ShouldContain("id:before");
    }

    [Fact]
    public async Task PostgresThatRestarts_IsWrittenToAgain()
    {
        await using var at = await StartAsync(await databases.OnAsync(TwoDatabases.Postgres));
        await at.Writer.WriteAsync(at.New("id:before"));

        await (await PostgresServer.SharedAsync()).ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{at.Database}' AND pid <> pg_backend_pid()"
        );

        var tries = 0;
        await Until.True(async () => (await at.Writer.WriteAsync(at.New($"id:after{tries++}"))).Kind == SignalReceiptKind.Stored);
        tries.ShouldBeLessThanOrEqualTo(2);
    }

    /// <summary>Accounts' loops and whoever looks for work hear only what is no notice; pages hear both.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task WhatWillNotBeTraded_IsOnlyANotice(bool isDue, bool isNotice)
    {
        await using var at = await StartAsync(await databases.OnAsync(TwoDatabases.Sqlite));
        var heard = new System.Collections.Concurrent.ConcurrentQueue<ChangeEvent>();
        at.Feed.Published += heard.Enqueue;

        await at.Writer.WriteAsync(at.New($"id:{isDue}", change: row => row.DueAt = isDue ? row.ReceivedAt : null));

        await Until.True(() => Task.FromResult(!heard.IsEmpty));
        heard.First().IsNotice.ShouldBe(isNotice);
    }

    private static async Task<Place> StartAsync(AppFactory app, bool start = true, WebhookOptions? options = null)
    {
        var place = new Place(app, options ?? new WebhookOptions());
        if (start)
        {
            await place.Writer.StartAsync(default);
        }

        return place;
    }

    /// <summary>A writer of its own beside the application's.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly AppFactory _app;
        private readonly Writes _writes;

        public Place(AppFactory app, WebhookOptions options)
        {
            _app = app;
            var ids = app.Get<SequentialIds>();
            _writes = new Writes(ids);
            SignalStore store = app["ConnectionStrings:Postgres"] is null
                ? new SqliteSignalStore(app.Get<IDbContextFactory<SqliteDb>>())
                : new PostgresSignalStore(app.Get<NpgsqlDataSource>(), timeoutSeconds: 3);
            Writer = new SignalWriter(store, Feed, ids, TimeProvider.System, Options.Create(options), NullLogger<SignalWriter>.Instance);
        }

        public SignalWriter Writer { get; }

        public ChangeFeed Feed { get; } = new();

        public string Database => new NpgsqlConnectionStringBuilder(_app["ConnectionStrings:Postgres"]).Database!;

        /// <param name="limit">How long the sender waits; 30 s when left out, so that a busy machine fails no test.</param>
        public SignalWrite New(string key, TimeSpan? limit = null, long? deadline = null, Action<Signal>? change = null) =>
            _writes.New(
                key,
                change: change,
                deadline: deadline
                    ?? TimeProvider.System.GetTimestamp()
                        + (long)((limit ?? TimeSpan.FromSeconds(30)).TotalSeconds * TimeProvider.System.TimestampFrequency)
            );

        public Task<AppDb> DatabaseAsync() => _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();

        public async Task<Dictionary<string, Guid>> RowsAsync()
        {
            await using var db = await DatabaseAsync();
            return await db.Signals.Where(s => s.WebhookId == _writes.WebhookId).ToDictionaryAsync(s => s.DedupeKey!, s => s.Id);
        }

        public async ValueTask DisposeAsync()
        {
            await Writer.StopAsync(default);
            Writer.Dispose();
        }
    }
}
