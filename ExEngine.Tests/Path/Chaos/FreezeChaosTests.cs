using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

[NeedsServer]
public sealed class FreezeChaosTests
{
    [Fact]
    public async Task FrozenPastItsLeaseAndThawed_WritesAndSendsNothingStale()
    {
        var (audit, takenOver, _) = await FreezeChaos.RunAsync(rounds: 3, seed: 1);

        takenOver.ShouldBeGreaterThan(0);
        (audit.Signals, audit.Lost, audit.Duplicated).ShouldBe((72, 0, 0));
        audit.Wrong.ShouldBeEmpty();
    }
}
