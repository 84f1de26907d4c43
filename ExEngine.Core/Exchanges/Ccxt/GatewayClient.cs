using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ExEngine.Core.Text;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Asks the gateway, on its Unix socket or at <c>Gateway:Url</c>. A call waits while the gateway starts.</summary>
public sealed class GatewayClient : IDisposable
{
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    // Three signs of life that did not come.
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(45);

    private readonly HttpClient _http;
    private readonly GatewayOptions _options;
    private readonly GatewayStatus _status;
    private readonly TimeProvider _time;
    private readonly IOptions<ExchangesOptions> _exchanges;
    private readonly ExchangeCooldown _silence;

    public GatewayClient(
        IOptions<GatewayOptions> options,
        IOptions<ExchangesOptions> exchanges,
        GatewayStatus status,
        ExchangeCooldown silence,
        TimeProvider time
    )
    {
        _silence = silence;
        _options = options.Value;
        _exchanges = exchanges;
        _status = status;
        _time = time;
        SocketPath = Path.Combine(Path.GetTempPath(), $"exengine-{Guid.NewGuid():N}"[..22], "gateway.sock");
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
        if (_options.Url is null)
        {
            handler.ConnectCallback = ConnectAsync;
        }

        _http = new HttpClient(handler) { BaseAddress = new Uri(_options.Url ?? "http://gateway"), Timeout = Timeout.InfiniteTimeSpan };
        if (_options.Secret is { } secret)
        {
            _http.DefaultRequestHeaders.Add("X-Gateway-Secret", secret);
        }
    }

    /// <summary>Where a gateway of our own listens: in a folder of its own, which only this user may enter.</summary>
    public string SocketPath { get; }

    /// <returns>The rules of all markets, as CCXT states them; <see cref="CcxtMarketParser"/> reads them.</returns>
    /// <exception cref="GatewayException">The gateway or the exchange did not answer.</exception>
    public Task<string> MarketsAsync(string exchange, CancellationToken cancellationToken)
    {
        if (_silence.Left(exchange) is { } left)
        {
            throw new GatewayException("Silence", $"The exchange asked for silence; {left.TotalSeconds:0.#} s of it are left.")
            {
                NothingSent = true,
            };
        }

        var place = _exchanges.Value.GetValueOrDefault(exchange);
        return PostAsync(
            "/markets",
            new
            {
                exchange,
                baseUrl = place?.BaseUrl,
                sandbox = place?.Sandbox == true,
                timeout = (int)_options.ExchangeTimeout.TotalMilliseconds,
            },
            cancellationToken
        );
    }

    /// <summary>Any other question; the answer is JSON.</summary>
    /// <exception cref="GatewayException">The gateway or the exchange did not answer.</exception>
    public Task<string> PostAsync(string route, object question, CancellationToken cancellationToken) =>
        PostAsync(
            route,
            JsonSerializer.SerializeToUtf8Bytes(question, ExactJson.Options),
            (content, token) => content.ReadAsStringAsync(token),
            cancellationToken
        );

    /// <summary>A question about an account or a price.</summary>
    /// <exception cref="GatewayException">The gateway did not answer; faults of the exchange are in the answer.</exception>
    internal Task<CcxtReply> AskAsync(string route, CcxtQuestion question, CancellationToken cancellationToken) =>
        PostAsync(route, JsonSerializer.SerializeToUtf8Bytes(question, CcxtJson.Default.CcxtQuestion), ReadAsync, cancellationToken);

    /// <summary>Lines of JSON as they come. Ends when the gateway ends them, or says nothing for too long.</summary>
    internal async IAsyncEnumerable<string> LinesAsync(
        string route,
        CcxtQuestion question,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(question, CcxtJson.Default.CcxtQuestion));
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = content };
        using var response = await QuietAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken));
        if (response is not { StatusCode: HttpStatusCode.OK })
        {
            yield break;
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (
            await QuietAsync(() => reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(MaxPause, _time, cancellationToken))
                is { } line
        )
        {
            yield return line;
        }
    }

    private static async Task<T?> QuietAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
        {
            return default;
        }
    }

    private static async Task<CcxtReply> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize(bytes, CcxtJson.Default.CcxtReply) ?? throw new JsonException("The answer is empty.");
    }

    private async Task<T> PostAsync<T>(
        string route,
        byte[] question,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        var report = await _status.SettledAsync(_options.StartTimeout, cancellationToken);
        if (report.State != GatewayState.Running)
        {
            throw new GatewayException(GatewayException.Unavailable, report.Reason) { NothingSent = true };
        }

        using var content = new ByteArrayContent(question);
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = content };
        return await SendAsync(request, _options.RequestTimeout, read, cancellationToken);
    }

    /// <exception cref="GatewayException">It does not answer.</exception>
    internal async Task PingAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        await SendAsync(request, PingTimeout, (content, token) => content.ReadAsByteArrayAsync(token), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request,
        TimeSpan patience,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? await read(response.Content, either.Token)
                : throw Refused(response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException(GatewayException.Unavailable, $"The gateway gave no answer within {patience.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var nothingSent =
                e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
            throw new GatewayException(GatewayException.Unavailable, $"The gateway cannot be reached: {e.Message}")
            {
                NothingSent = nothingSent,
            };
        }
        catch (JsonException)
        {
            throw new GatewayException(GatewayException.Unavailable, "The gateway's answer cannot be read.");
        }
    }

    private static GatewayException Refused(HttpStatusCode status, string text)
    {
        try
        {
            var fault = JsonSerializer.Deserialize<Fault>(text, ExactJson.Options);
            return new GatewayException(fault?.Code ?? GatewayException.Unavailable, fault?.Message ?? "The gateway gave no reason.")
            {
                NothingSent = (int)status < 500,
            };
        }
        catch (JsonException)
        {
            return new GatewayException(
                GatewayException.Unavailable,
                $"The gateway answered {(int)status}; is Gateway:Url the address of a gateway?"
            );
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Fault(string Code, string Message);
}
