using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path;

/// <summary>The application with its engine running, on each database.</summary>
public sealed class ExecutionApps : IAsyncDisposable
{
    private readonly Lazy<Task<IntakeApp>> _sqlite = new(() => NewAsync(null));
    private readonly Lazy<Task<IntakeApp>> _postgres = new(async () =>
        await NewAsync(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()));

    public Task<IntakeApp> OnAsync(string database) => database == TwoDatabases.Postgres ? _postgres.Value : _sqlite.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _sqlite, _postgres }.Where(a => a is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await app.Value).App.DisposeAsync();
        }
    }

    private static Task<IntakeApp> NewAsync(string? postgres)
    {
        var app = new AppFactory
        {
            ["Users:HashIterations"] = "1000",
            ["RateLimits:Webhook:Permits"] = "1000",
            ["RateLimits:Auth:PermitsPerIp"] = "10000",
            ["Execution:Enabled"] = "true",
        };
        if (postgres is not null)
        {
            app["ConnectionStrings:Postgres"] = postgres;
        }

        return Task.FromResult(new IntakeApp(app));
    }
}
