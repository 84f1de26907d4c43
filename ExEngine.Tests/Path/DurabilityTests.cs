using System.Collections.Concurrent;
using System.Net;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Invariant I1 against the process itself: whoever was told 2xx has exactly one row, whatever happens then.</summary>
[NeedsServer]
public sealed class DurabilityTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task ProcessKilledUnderLoad_HasARowForEveryAlertThatItAccepted(string database)
    {
        await using var app = await DurableApp.StartAsync(database);
        var (trader, door) = await DurableApp.DoorAsync(app);
        var told = new ConcurrentDictionary<int, Guid>();
        var sent = 0;

        var senders = Enumerable.Range(0, 24).Select(_ => Task.Run(SendUntilItIsGoneAsync)).ToArray();
        await Until.True(() => told.Count >= 300);
        await app.KillAsync();
        await Task.WhenAll(senders);
        await app.StartAsync();

        // Sent again, each alert that was accepted is a duplicate of what it was then; all others are new or were stored unheard.
        var again = await Task.WhenAll(
            Enumerable.Range(1, sent).Select(async i => (Alert: i, Told: await door.SendAsync(DurableApp.Alert(i))))
        );
        foreach (var (alert, answer) in again)
        {
            if (told.TryGetValue(alert, out var id))
            {
                (answer.Status, answer.Word, answer.Id).ShouldBe((HttpStatusCode.OK, "duplicate", id), $"alert {alert}");
            }
            else
            {
                ((int)answer.Status).ShouldBeInRange(200, 202);
            }
        }

        (await DurableApp.SignalIdsAsync(trader)).ShouldBe(again.Select(a => a.Told.Id), ignoreOrder: true);

        async Task SendUntilItIsGoneAsync()
        {
            try
            {
                while (true)
                {
                    var alert = Interlocked.Increment(ref sent);
                    var answer = await door.SendAsync(DurableApp.Alert(alert));
                    answer.Status.ShouldBe(HttpStatusCode.Accepted);
                    told[alert] = answer.Id;
                }
            }
            catch (HttpRequestException)
            {
                // Killed.
            }
        }
    }
}
