namespace ExEngine.Tests.Support;

/// <summary>The application on SQLite and on PostgreSQL, each started when a test of the class first asks.</summary>
public sealed class TwoDatabases : IAsyncDisposable
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private readonly Lazy<Task<AppFactory>> _sqlite = new(() => Task.FromResult(new AppFactory()));
    private readonly Lazy<Task<AppFactory>> _postgres = new(async () =>
        new AppFactory { ["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() }
    );

    public Task<AppFactory> OnAsync(string database) => database == Postgres ? _postgres.Value : _sqlite.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _sqlite, _postgres }.Where(a => a is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await app.Value).DisposeAsync();
        }
    }
}
