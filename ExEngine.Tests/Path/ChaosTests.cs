using ExEngine.Core.Hosting;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>
/// Each 2xx has one row and one order at the exchange, whatever happens to the process; <c>eng/chaos.sh</c> runs it in full.
/// </summary>
[NeedsServer]
public sealed class ChaosTests
{
    [Theory]
    [InlineData(TwoDatabases.Sqlite, 1)]
    [InlineData(TwoDatabases.Postgres, 2)]
    public async Task KilledAtSeededMoments_PlacesEveryOrderExactlyOnce(string database, int seed)
    {
        var audit = await KillChaos.RunAsync(database, signals: 75, kills: 2, seed);

        (audit.Signals, audit.Lost, audit.Duplicated).ShouldBe((75, 0, 0));
        audit.Wrong.ShouldBeEmpty();
    }

    // One point of each stretch of the path; eng/chaos.sh --failpoints has all of them, ten times each.
    [Fact]
    public async Task KilledAtFailpoints_PlacesEveryOrderExactlyOnce()
    {
        Failpoint.Names.Count.ShouldBeGreaterThanOrEqualTo(15);

        var audit = await FailpointChaos.RunAsync(
            TwoDatabases.Sqlite,
            times: 1,
            seed: 1,
            [
                "intake.afterCommit",
                "plan.afterCommit",
                "send.afterCall",
                "cancel.afterCall",
                "unknown.afterCommit",
                "protection.afterCommit",
            ]
        );

        (audit.Lost, audit.Duplicated).ShouldBe((0, 0));
        audit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task FrozenPastItsLeaseAndThawed_WritesAndSendsNothingStale()
    {
        var (audit, takenOver, _) = await FreezeChaos.RunAsync(rounds: 3, seed: 1);

        takenOver.ShouldBeGreaterThan(0);
        (audit.Signals, audit.Lost, audit.Duplicated).ShouldBe((72, 0, 0));
        audit.Wrong.ShouldBeEmpty();
    }
}
