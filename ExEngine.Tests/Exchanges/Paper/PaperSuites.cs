using ExEngine.Tests.Support;

namespace ExEngine.Tests.Exchanges.Paper;

[NeedsServer]
public sealed class PaperOnSqlite : ExchangeSuite
{
    protected override async Task<SuiteBench> OpenAsync() => await PaperBench.OpenAsync(TwoDatabases.Sqlite);
}

[NeedsServer]
public sealed class PaperOnPostgres : ExchangeSuite
{
    protected override async Task<SuiteBench> OpenAsync() => await PaperBench.OpenAsync(TwoDatabases.Postgres);
}

[NeedsServer]
public sealed class PaperAskedOnSqlite : ExchangeAskingSuite
{
    protected override async Task<SuiteBench> OpenAsync() => await PaperBench.OpenAsync(TwoDatabases.Sqlite);
}

[NeedsServer]
public sealed class PaperAskedOnPostgres : ExchangeAskingSuite
{
    protected override async Task<SuiteBench> OpenAsync() => await PaperBench.OpenAsync(TwoDatabases.Postgres);
}
