using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ExEngine.Tests.Support;

/// <summary>
/// A line to a server on which every byte is late, as on a phone far away; as much of it can be under way as one likes. Browsers slow only
/// requests down and not the sockets of circuits, so the line itself is slow here.
/// </summary>
public sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Uri _server;
    private readonly TimeSpan _delay;
    private readonly Task _accepting;

    /// <param name="delay">Each way.</param>
    public SlowLine(Uri server, TimeSpan delay)
    {
        (_server, _delay) = (server, delay);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the server is reached through the line: the same host, so that its cookies hold.</summary>
    public Uri Address => new UriBuilder(_server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                calls.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        using var browser = from;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _ended.Token);
            await Task.WhenAny(DelayAsync(browser.GetStream(), server.GetStream()), DelayAsync(server.GetStream(), browser.GetStream()));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // One side hung up.
        }
    }

    private async Task DelayAsync(NetworkStream from, NetworkStream to)
    {
        var underWay = Channel.CreateUnbounded<(long At, byte[] Bytes)>();
        var writing = WriteAsync(underWay.Reader, to);
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _ended.Token) is > 0 and var read)
            {
                underWay.Writer.TryWrite((TimeProvider.System.GetTimestamp(), buffer[..read]));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // What is under way still arrives.
        }

        underWay.Writer.Complete();
        await writing;
    }

    private async Task WriteAsync(ChannelReader<(long At, byte[] Bytes)> underWay, NetworkStream to)
    {
        try
        {
            await foreach (var (at, bytes) in underWay.ReadAllAsync(_ended.Token))
            {
                if (_delay - TimeProvider.System.GetElapsedTime(at) is { Ticks: > 0 } left)
                {
                    await Task.Delay(left, TimeProvider.System, _ended.Token);
                }

                await to.WriteAsync(bytes, _ended.Token);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // Nobody listens any more.
        }
    }

    private static bool IsEnd(Exception e) => e is OperationCanceledException or IOException or SocketException or ObjectDisposedException;
}
