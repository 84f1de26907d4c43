using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// Each 2xx has one row and one order at the exchange, whatever happens to the process; <c>eng/chaos.sh</c> runs it in full.
/// </summary>
public abstract class ChaosSuite(string database, int seed)
{
    [Fact]
    public async Task KilledAtSeededMoments_PlacesEveryOrderExactlyOnce()
    {
        var audit = await KillChaos.RunAsync(database, signals: 75, kills: 2, seed);

        (audit.Signals, audit.Lost, audit.Duplicated).ShouldBe((75, 0, 0));
        audit.Wrong.ShouldBeEmpty();
    }
}

[NeedsServer]
public sealed class ChaosOnSqlite() : ChaosSuite(TwoDatabases.Sqlite, seed: 1);

[NeedsServer]
public sealed class ChaosOnPostgres() : ChaosSuite(TwoDatabases.Postgres, seed: 2);
