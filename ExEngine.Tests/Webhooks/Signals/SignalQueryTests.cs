using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Signals;

[NeedsServer]
public sealed class SignalQueryTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly SignalFilter All = new();

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task PagesByCursor_MeetEveryRowOnceNewestFirst(string database)
    {
        var (query, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(25);

        var read = new List<SignalRow>();
        while (true)
        {
            var page = await query.ListAsync(rows.UserId, All, read.Count > 0 ? read[^1].Id : null, 10, default);
            read.AddRange(page);
            if (page.Count < 10)
            {
                break;
            }
        }

        read.Select(r => r.Id).ShouldBe(ids.Reverse());
        read.ShouldAllBe(r => r.Webhook == "BTC breakout" && r.Latency == TimeSpan.FromMilliseconds(4));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sorted_PutsLikesTogetherNewestFirstAndMeetsEachRowOnce(string database)
    {
        var (query, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(
            s => s.Symbol = "SOL/USDT",
            s => (s.Symbol, s.Status) = ("ADA/USDT", SignalStatus.Refused),
            s => s.Symbol = "SOL/USDT",
            s => s.Status = SignalStatus.Refused
        );

        (await SortedAsync(RowSort.Oldest)).ShouldBe(ids);
        (await SortedAsync(RowSort.Symbol)).ShouldBe([ids[1], ids[3], ids[2], ids[0]]);
        (await SortedAsync(RowSort.SymbolDown)).ShouldBe([ids[2], ids[0], ids[3], ids[1]]);
        (await SortedAsync(RowSort.Status)).ShouldBe([ids[2], ids[0], ids[3], ids[1]]);
        (await SortedAsync(RowSort.StatusDown)).ShouldBe([ids[3], ids[1], ids[2], ids[0]]);

        async Task<IEnumerable<Guid>> SortedAsync(RowSort sort) =>
            [
                .. (await query.SortedAsync(rows.UserId, All, sort, 0, 3, default)).Select(r => r.Id),
                .. (await query.SortedAsync(rows.UserId, All, sort, 3, 3, default)).Select(r => r.Id),
            ];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task EachFilter_LeavesOnlyItsOwn(string database)
    {
        var (query, rows) = await StartAsync(database);
        var other = await rows.AddWebhookAsync("Other door");
        var noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        var ids = await rows.AddAsync(
            s => s.WebhookId = other,
            s => s.Status = SignalStatus.Refused,
            s => s.Symbol = "ETH/USDT",
            s => s.Symbol = "BTC/USDT:USDT",
            s => (s.Id, s.ReceivedAt) = (IdAt(noon), noon)
        );

        (await IdsAsync(new() { WebhookId = other })).ShouldBe([ids[0]]);
        (await IdsAsync(new() { Status = SignalStatus.Refused })).ShouldBe([ids[1]]);
        (await IdsAsync(new() { Symbol = "eth" })).ShouldBe([ids[2]]);
        (await IdsAsync(new() { Symbol = "btc/usdt" })).ShouldBe([ids[1], ids[0], ids[4]]);
        (await IdsAsync(new() { Symbol = "%" })).ShouldBeEmpty();
        (await IdsAsync(new() { From = noon, To = noon.AddTicks(10) })).ShouldBe([ids[4]]);
        (await IdsAsync(new() { To = noon })).ShouldBeEmpty();
        (await IdsAsync(new() { From = noon.AddTicks(10) })).ShouldBe([ids[3], ids[2], ids[1], ids[0]]);

        async Task<IEnumerable<Guid>> IdsAsync(SignalFilter filter) =>
            (await query.ListAsync(rows.UserId, filter, null, 100, default)).Select(r => r.Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Newer_CountsWhatArrivedAfter(string database)
    {
        var (query, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(5);

        (await query.CountNewerAsync(rows.UserId, All, ids[1], 100, default)).ShouldBe(3);
        (await query.CountNewerAsync(rows.UserId, All, ids[1], 2, default)).ShouldBe(2);
        (await query.AgainAsync(rows.UserId, All, [ids[0], ids[3]], default)).Select(r => r.Id).ShouldBe([ids[3], ids[0]]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task AnotherUser_SeesNothing(string database)
    {
        var (query, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(1);
        var stranger = (await StartAsync(database)).Rows.UserId;

        (await query.ListAsync(stranger, All, null, 10, default)).ShouldBeEmpty();
        (await query.FindAsync(stranger, ids[0], default)).ShouldBeNull();
        (await query.FindAsync(rows.UserId, ids[0], default)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Story_EndsItsTimelineWithTheCommit(string database)
    {
        var (query, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(1);

        var story = await query.FindAsync(rows.UserId, ids[0], default);

        story!.Timeline.Select(s => s.Step).ShouldBe(["received", "authenticated", "stored"]);
        story.Timeline[^1].At.ShouldBe(story.Row.CommittedAt!.Value);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Summary_CountsStatusesAndCodesAndRanksLatency(string database)
    {
        var (_, rows) = await StartAsync(database);
        await rows.AddAsync(
            _ => { },
            s => (s.Status, s.Code) = (SignalStatus.Refused, "price_off_tick"),
            s => (s.Status, s.Code) = (SignalStatus.Refused, "price_off_tick"),
            s => (s.Status, s.Code) = (SignalStatus.Refused, "cost_too_low"),
            s =>
                (s.Id, s.ReceivedAt) = (
                    IdAt(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
                    new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
                )
        );

        var today = (await databases.OnAsync(database)).Get<TimeProvider>().GetUtcNow().UtcDateTime.Date;
        var summary = await (await databases.OnAsync(database))
            .Get<SignalStatistics>()
            .OfAsync(rows.UserId, today.AddDays(-1), today.AddDays(1), default);

        summary.Total.ShouldBe(4);
        summary.Of(SignalStatus.Refused).ShouldBe(3);
        summary.Refusals.ShouldBe([new CodeCount("price_off_tick", 2), new CodeCount("cost_too_low", 1)]);
        summary.Latency.ShouldBe(new LatencySummary(TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(4), 4));
    }

    [Fact]
    public void Percentiles_AreNearestRank()
    {
        var latencies = Enumerable.Range(1, 200).Select(i => TimeSpan.FromMilliseconds(i)).Reverse().ToList();

        LatencySummary.Of(latencies).ShouldBe(new LatencySummary(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(198), 200));
        LatencySummary.Of([]).ShouldBeNull();
    }

    private static Guid IdAt(DateTime instant)
    {
        var lowest = Core.Data.SequentialIds.LowestAt(instant).ToByteArray(bigEndian: true);
        System.Security.Cryptography.RandomNumberGenerator.Fill(lowest.AsSpan(8));
        return new Guid(lowest, bigEndian: true);
    }

    private async Task<(SignalQuery Query, SignalRows Rows)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        return (app.Get<SignalQuery>(), await SignalRows.NewAsync(app));
    }
}
