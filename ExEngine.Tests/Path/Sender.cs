using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Tests.Path;

/// <summary>An alert platform that knows one door: its URL and its secret.</summary>
internal sealed class Sender(string url, string? secret, string auth)
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler { MaxConnectionsPerServer = 200, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }
    );
    private static int _messages;

    public string Url => url;
    public string Secret => secret!;

    /// <summary>The door that a create or rotate answer hands out.</summary>
    public static Sender At(JsonElement created, Uri app, string? auth = null)
    {
        var path = new Uri(created.GetProperty("url").GetString()!).AbsolutePath;
        return new(
            new Uri(app, path).ToString(),
            created.GetProperty("secret").GetString(),
            auth ?? created.GetProperty("auth").GetString()!
        );
    }

    public Sender At(Uri app) => new(new Uri(app, new Uri(url).AbsolutePath).ToString(), secret, auth);

    /// <param name="by">How far the sender's clock is off.</param>
    /// <param name="id">Of the message; a new one when left out.</param>
    public async Task<Told> SendAsync(
        string body,
        TimeSpan by = default,
        string? id = null,
        string contentType = "application/json",
        Action<HttpRequestMessage>? change = null,
        bool chunked = false
    )
    {
        var bytes = Encoding.UTF8.GetBytes(WithSecret(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TransferEncodingChunked = chunked;
        Sign(request, bytes, by, id ?? $"msg_{Interlocked.Increment(ref _messages)}_{Guid.NewGuid():N}");
        change?.Invoke(request);
        using var response = await Http.SendAsync(request);
        return new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.RetryAfter?.Delta,
            response.Content.Headers.ContentType?.MediaType
        );
    }

    // As our own templates write it: a field of the message, or a word of a text. A body that has one is sent as it is.
    private string WithSecret(string body)
    {
        if (auth != "secret" || secret is null || body.Contains("secret", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        var text = body.TrimStart();
        return text is ['{', ..]
            ? $"{{\"secret\":\"{secret}\"{(text[1..].TrimStart() is ['}', ..] ? "" : ",")}{text[1..]}"
            : $"{body} secret={secret}";
    }

    private void Sign(HttpRequestMessage request, byte[] body, TimeSpan by, string id)
    {
        if (auth == "hmac")
        {
            request.Headers.Add("X-Hub-Signature-256", WebhookSignature.Hub(Secret, body));
        }
        else if (auth == "standard")
        {
            var timestamp = (TimeProvider.System.GetUtcNow() + by).ToUnixTimeSeconds();
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", WebhookSignature.Standard(Secret, id, timestamp, body));
        }
    }
}
