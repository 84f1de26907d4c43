using ExEngine.Tests.Support;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

[NeedsServer]
public sealed class CcxtOnFake(SuiteApp app) : ExchangeSuite, IClassFixture<SuiteApp>
{
    protected override Task<SuiteBench> OpenAsync() => app.OpenAsync();
}

[NeedsServer]
public sealed class CcxtAskedOnFake(SuiteApp app) : ExchangeAskingSuite, IClassFixture<SuiteApp>
{
    protected override Task<SuiteBench> OpenAsync() => app.OpenAsync();
}
