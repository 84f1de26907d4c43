using Npgsql;

namespace ExEngine.Tests.Support;

/// <summary>
/// A real PostgreSQL for this test run: its own data directory, a Unix socket and a loopback port. Started when the first test
/// asks, stopped at the end of the run (<see cref="Servers"/>). Each test class makes a database of its own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);
    private static int _databases;

    private readonly TempDirectory _directory;
    private readonly ChildProcess _process;
    private readonly int _port;

    private PostgresServer(TempDirectory directory, ChildProcess process, int port) =>
        (_directory, _process, _port) = (directory, process, port);

    /// <summary>The server all tests share; skips the test when PostgreSQL is not installed.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        Need.Postgres();
        return Shared.Value;
    }

    /// <summary>A server for one test alone, that it may stop and kill.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var binaries = Need.Postgres();
        var directory = new TempDirectory();
        var asPostgres = AsPostgres();
        if (asPostgres.Length > 0)
        {
            await ChildProcess.RunAsync("chown", "postgres", directory.Path);
        }

        string[] initialise =
        [
            .. asPostgres,
            binaries + "/initdb",
            "-D",
            directory["data"],
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
        ];
        await ChildProcess.RunAsync(initialise[0], initialise[1..]);
        var port = FreePort.Next();
        var server = new PostgresServer(directory, Launch(binaries, directory, port), port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    public string ConnectionString(string database, bool overSocket = false) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = overSocket ? _directory.Path : "127.0.0.1",
            Port = _port,
            Username = "postgres",
            Database = database,
            MaxPoolSize = 20,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 1,
        }.ConnectionString;

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs one statement as the administrator, outside every test database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops the server at once, as a failing machine would; connections break.</summary>
    public async Task StopAsync()
    {
        _process.Signal("QUIT");
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Freezes (<c>STOP</c>) or thaws (<c>CONT</c>) every process of the server: it is there and does not answer.</summary>
    public async Task SignalAllAsync(string signal)
    {
        var children = await File.ReadAllTextAsync($"/proc/{_process.Id}/task/{_process.Id}/children");
        foreach (var id in children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend($"{_process.Id}"))
        {
            using var kill = System.Diagnostics.Process.Start("/bin/kill", ["-s", signal, id]);
            await kill.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    internal static async ValueTask StopSharedAsync()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    // Durable against a killed server process, which is what tests kill; not against a power cut.
    private static ChildProcess Launch(string binaries, TempDirectory directory, int port)
    {
        string[] command =
        [
            .. AsPostgres(),
            binaries + "/postgres",
            "-D",
            directory["data"],
            "-k",
            directory.Path,
            "-p",
            $"{port}",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=300",
            "-c",
            "fsync=off",
            "-c",
            "shared_buffers=64MB",
        ];
        return ChildProcess.Start(command[0], command[1..], directory: directory.Path);
    }

    private static string[] AsPostgres() =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    private Task WaitUntilReadyAsync() =>
        Until.True(
            async () =>
            {
                try
                {
                    await ExecuteAsync("SELECT 1");
                    return true;
                }
                catch (NpgsqlException) when (!_process.HasExited)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60),
            () => _process.Log
        );
}
