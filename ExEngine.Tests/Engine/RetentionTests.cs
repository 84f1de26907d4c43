using ExEngine.Core.Data;
using ExEngine.Core.Engine;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine;

/// <summary>What money does not need goes when it is old; what it needs stays.</summary>
[NeedsServer]
public sealed class RetentionTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task OldRefusedSignals_Go_AndOldMessagesAreEmptied(string kind)
    {
        await using var database =
            kind == TwoDatabases.Postgres ? await TestDatabase.PostgresAsync(WithWorker) : await TestDatabase.SqliteAsync(WithWorker);
        var user = await database.AddUserAsync("one");
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow();
        Signal At(int days, SignalStatus status, string key) =>
            new Writes(new SequentialIds(new HandClock(now.AddDays(-days))))
                .New(key, change: s => (s.UserId, s.Status, s.Payload) = (user.Id, status, "what came"))
                .Row;

        var (oldRefused, oldDone, youngRefused, youngStale, oldestDone) = (
            At(91, SignalStatus.Refused, "1"),
            At(91, SignalStatus.Done, "2"),
            At(89, SignalStatus.Refused, "3"),
            At(1, SignalStatus.Stale, "4"),
            At(366, SignalStatus.Done, "5")
        );
        Signal[] many = [.. Enumerable.Range(0, 1_200).Select(i => At(100 + (i % 50), SignalStatus.Stale, $"many {i}"))];
        db.Signals.AddRange([oldRefused, oldDone, youngRefused, youngStale, oldestDone, .. many]);
        await db.SaveChangesAsync();

        var removed = await database.Get<RetentionWorker>().SweepAsync(CancellationToken.None);

        removed.ShouldBe(1_202);
        (await db.Signals.AsNoTracking().OrderBy(s => s.Id).Select(s => new { s.Id, s.Payload }).ToListAsync()).ShouldBe([
            new { oldestDone.Id, Payload = "" },
            new { oldDone.Id, Payload = "what came" },
            new { youngRefused.Id, Payload = "what came" },
            new { youngStale.Id, Payload = "what came" },
        ]);
        (await database.Get<RetentionWorker>().SweepAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task InvitationThatRanOut_Goes()
    {
        await using var database = await TestDatabase.SqliteAsync(WithWorker);
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var (key, until) in new[] { (1, now.AddMinutes(-1)), (2, now.AddMinutes(5)) })
        {
            db.Invitations.Add(
                new Invitation
                {
                    Id = database.Get<SequentialIds>().Next(),
                    TokenHash = [(byte)key],
                    CreatedAt = now,
                    ExpiresAt = until,
                }
            );
        }

        await db.SaveChangesAsync();

        (await database.Get<RetentionWorker>().SweepAsync(CancellationToken.None)).ShouldBe(1);
        (await db.Invitations.AsNoTracking().SingleAsync()).TokenHash.ShouldBe([2]);
    }

    private static void WithWorker(IServiceCollection services) => services.AddSingleton<RetentionWorker>();
}
