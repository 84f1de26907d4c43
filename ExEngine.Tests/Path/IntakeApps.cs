using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path;

/// <summary>The application on each database, with room for many alerts.</summary>
public class IntakeApps : IAsyncDisposable
{
    private readonly Lazy<Task<IntakeApp>> _sqlite;
    private readonly Lazy<Task<IntakeApp>> _postgres;

    public IntakeApps()
    {
        _sqlite = new(() => Task.FromResult(New(null)));
        _postgres = new(async () => New(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync()));
    }

    public Task<IntakeApp> OnAsync(string database) => database == TwoDatabases.Postgres ? _postgres.Value : _sqlite.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _sqlite, _postgres }.Where(a => a is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            await (await app.Value).App.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Settings on top of those below.</summary>
    protected virtual void Configure(AppFactory app) { }

    private IntakeApp New(string? postgres)
    {
        var app = new AppFactory
        {
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Webhook:Permits"] = "1000",
            ["RateLimits:Auth:PermitsPerIp"] = "10000",
            ["Webhooks:LockoutFailures"] = "100",
        };
        if (postgres is not null)
        {
            app["ConnectionStrings:Postgres"] = postgres;
        }

        Configure(app);
        return new IntakeApp(app);
    }
}
