using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

public sealed class CcxtOnFake(SuiteApp app) : ExchangeSuite, IClassFixture<SuiteApp>
{
    protected override Task<SuiteBench> OpenAsync() => app.OpenAsync();
}

public sealed class CcxtAskedOnFake(SuiteApp app) : ExchangeAskingSuite, IClassFixture<SuiteApp>
{
    protected override Task<SuiteBench> OpenAsync() => app.OpenAsync();
}
