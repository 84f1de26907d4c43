using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

[NeedsServer]
public sealed class BotChaosTests
{
    // eng/chaos.sh --bots has 500 steps with a kill every 25, on both databases.
    [Fact]
    public async Task KilledBetweenTwoWrites_TheBooksAreAsWithoutKills()
    {
        var both = await Task.WhenAll(
            BotChaos.RunAsync(TwoDatabases.Sqlite, steps: 10, killEvery: 0, seed: 3),
            BotChaos.RunAsync(TwoDatabases.Sqlite, steps: 10, killEvery: 3, seed: 3)
        );

        both[1].Kills.ShouldBe(3);
        both[0].Fills.ShouldBeGreaterThan(10);
        both[0].Books.ShouldContain("parts differ by 0, position differs by 0, ledger by 0");
        both[1].Books.ShouldBe(both[0].Books);
    }
}
