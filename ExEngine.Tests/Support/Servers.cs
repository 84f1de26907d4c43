using ExEngine.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Servers))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace ExEngine.Tests.Support;

/// <summary>Stops, after the last test, what the tests shared.</summary>
public sealed class Servers : IAsyncDisposable
{
    public ValueTask DisposeAsync() => PostgresServer.StopSharedAsync();
}
