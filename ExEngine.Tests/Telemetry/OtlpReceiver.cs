using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Telemetry;

/// <summary>A collector in this process that takes OTLP over HTTP and keeps every byte that it was sent.</summary>
public sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ReceiveAsync();
    }

    public string Address { get; }

    /// <summary>What was sent to <c>/v1/traces</c> or <c>/v1/metrics</c>; strings stand in protobuf as they are.</summary>
    public string Of(string signal) =>
        string.Concat(_received.Where(r => r.Path == "/v1/" + signal).Select(r => Encoding.UTF8.GetString(r.Body)));

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
