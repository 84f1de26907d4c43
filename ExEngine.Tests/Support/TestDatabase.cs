using ExEngine.Core;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Tests.Support;

/// <summary>A migrated database of one test's own, of either kind, with the engine's services over it and no web server.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly ServiceProvider _services;

    private TestDatabase(TempDirectory directory, ServiceProvider services) => (_directory, _services) = (directory, services);

    public IDbContextFactory<AppDb> Databases => Get<IDbContextFactory<AppDb>>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public AppDb Open() => Databases.CreateDbContext();

    public static Task<TestDatabase> SqliteAsync(Action<IServiceCollection>? more = null) => CreateAsync([], more);

    public static async Task<TestDatabase> PostgresAsync(Action<IServiceCollection>? more = null)
    {
        var server = await PostgresServer.SharedAsync();
        return await CreateAsync(new() { ["ConnectionStrings:Postgres"] = await server.CreateDatabaseAsync() }, more);
    }

    /// <summary>A user to own rows.</summary>
    public async Task<AppUser> AddUserAsync(string name = "owner")
    {
        await using var db = Open();
        var user = new AppUser
        {
            Id = Get<SequentialIds>().Next(),
            UserName = $"{name}@example.org",
            NormalizedUserName = $"{name}@example.org".ToUpperInvariant(),
            Email = $"{name}@example.org",
            CreatedAt = DateTime.UnixEpoch,
        };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user;
    }

    private static async Task<TestDatabase> CreateAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? more)
    {
        var directory = new TempDirectory();
        settings["Data:Directory"] = directory["data"];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddExEngineCore(configuration);
        more?.Invoke(services);
        var database = new TestDatabase(directory, services.BuildServiceProvider());
        DataDirectory.Create(directory["data"]);
        await database.Get<DatabaseMigration>().RunAsync(CancellationToken.None);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }
}
