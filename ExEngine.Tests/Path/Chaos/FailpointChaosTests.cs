using ExEngine.Core.Hosting;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

[NeedsServer]
public sealed class FailpointChaosTests
{
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
}
