using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Parts of the gateway by themselves, in Node's own test runner.</summary>
[NeedsServer]
public sealed class GatewayUnitTests
{
    [Theory]
    [InlineData("books.test.mjs")]
    [InlineData("limiter.test.mjs")]
    [InlineData("exact.test.mjs")]
    [InlineData("changes.test.mjs")]
    [InlineData("orders.test.mjs")]
    [InlineData("pages.test.mjs")]
    [InlineData("descriptions.test.mjs")]
    public async Task PartOfTheGateway_PassesItsOwnTests(string file)
    {
        Need.Node();

        var report = await ChildProcess.RunAsync("node", "--test", Source.Path($"ExEngine.Tests/Exchanges/Ccxt/{file}"));

        report.ShouldContain("# fail 0");
        report.ShouldNotContain("# pass 0");
    }
}
