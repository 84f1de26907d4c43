using System.Net.Sockets;

namespace ExEngine.Tests.Support;

/// <summary>A real Redis on a port of its own, with or without its append-only file. It can be stopped and started again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly bool _appendOnly;
    private ChildProcess _process;

    private RedisServer(bool appendOnly)
    {
        _appendOnly = appendOnly;
        _process = Launch();
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>In the form that <c>ConnectionStrings:Redis</c> takes.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Where its append-only file is: every write since its start.</summary>
    public string DataDirectory => _directory.Path;

    public static async Task<RedisServer> StartAsync(bool appendOnly = true)
    {
        Need.Redis();
        var server = new RedisServer(appendOnly);
        await server.WaitUntilReadyAsync();
        return server;
    }

    public async Task StopAsync()
    {
        _process.Signal("TERM");
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Starts again on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        await _process.DisposeAsync();
        _process = Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Freezes (<c>STOP</c>) or thaws (<c>CONT</c>) the server: it is there and does not answer.</summary>
    public void Signal(string signal) => _process.Signal(signal);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private ChildProcess Launch() =>
        ChildProcess.Start(
            "redis-server",
            [
                "--port",
                $"{Port}",
                "--bind",
                "127.0.0.1",
                "--dir",
                _directory.Path,
                "--save",
                "",
                "--appendonly",
                _appendOnly ? "yes" : "no",
            ],
            directory: _directory.Path
        );

    private Task WaitUntilReadyAsync() =>
        Until.True(
            async () =>
            {
                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", Port);
                    await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                    var answer = new byte[5];
                    await client.GetStream().ReadExactlyAsync(answer);
                    return answer.AsSpan().SequenceEqual("+PONG"u8);
                }
                catch (Exception e) when (e is SocketException or IOException)
                {
                    return false;
                }
            },
            otherwise: () => _process.Log
        );
}
