using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>One order for each cell of the matrix; <c>eng/chaos.sh --matrix</c> has twenty.</summary>
[NeedsServer]
public sealed class AmbiguityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryFaultOfAPlacing_EndsWithExactlyOneOrder()
    {
        await using var matrix = new AmbiguityMatrix(ordersEach: 1);
        await matrix.StartAsync();

        var (audit, settled) = await matrix.RunAsync(Enum.GetValues<FaultKind>());

        output.WriteLine($"{audit.Signals} orders, settled after {settled.TotalSeconds:F1} s");
        audit.Signals.ShouldBe(44);
        audit.Wrong.ShouldBeEmpty();
    }
}
