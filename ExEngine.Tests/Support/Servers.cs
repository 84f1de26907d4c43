using ExEngine.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Servers))]

namespace ExEngine.Tests.Support;

/// <summary>Stops, after the last test, what the tests shared.</summary>
public sealed class Servers : IAsyncDisposable
{
    public ValueTask DisposeAsync() => PostgresServer.StopSharedAsync();
}
