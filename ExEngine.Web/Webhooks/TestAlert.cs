using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads.Presets;

namespace ExEngine.Web.Webhooks;

/// <summary>
/// Sends a real, signed request to a webhook of this server, over the network stack, as a sender would. It carries a
/// <see cref="TestPass"/>: it is checked, stored and shown like any other signal, and never traded.
/// </summary>
public sealed class TestAlert(
    IHttpClientFactory http,
    WebhookUrls urls,
    WebhookKeys keys,
    SampleOrders orders,
    TestPass pass,
    SequentialIds ids,
    TimeProvider time
)
{
    public const string HttpName = "TestAlert";

    [SuppressMessage("Reliability", "CA2000", Justification = "The message is disposed by using.")]
    public async Task<TestAlertResult> SendAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        if (!webhook.Enabled)
        {
            return new TestAlertResult(
                false,
                null,
                null,
                null,
                null,
                "The webhook is switched off and answers as if it did not exist. Switch it on to test it."
            );
        }

        if (urls.Loopback(keys.OpenToken(webhook)) is not { } url)
        {
            return new TestAlertResult(
                false,
                null,
                null,
                null,
                null,
                "This server does not know its own address. Set Webhooks:LoopbackUrl."
            );
        }

        var secret = keys.OpenSecret(webhook);
        var order = await orders.ForAsync(webhook, cancellationToken);
        var now = time.GetUtcNow();
        var id = $"test-{ids.Next():N}";
        var body = Preset
            .For(webhook.Preset, webhook.Map)
            .Sample(new SampleAlert(order, id, now.UtcDateTime, webhook.Auth == WebhookAuthMode.Secret ? secret : null, Test: true));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new(WebhookSamples.MediaType(body));
        foreach (var (name, value) in WebhookSamples.Headers(webhook.Auth, secret, id, now.ToUnixTimeSeconds(), body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Add(TestPass.Header, pass.For(Encoding.UTF8.GetBytes(body)));
        return await AnswerAsync(request, body.Replace(secret, "…", StringComparison.Ordinal), cancellationToken);
    }

    private async Task<TestAlertResult> AnswerAsync(HttpRequestMessage request, string shown, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            using var client = http.CreateClient(HttpName);
            using var response = await client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            var milliseconds = (int)time.GetElapsedTime(started).TotalMilliseconds;
            return new TestAlertResult(true, (int)response.StatusCode, answer, milliseconds, shown, Note(response));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new TestAlertResult(
                false,
                null,
                null,
                null,
                shown,
                $"This server did not reach itself at {request.RequestUri!.GetLeftPart(UriPartial.Authority)}. Set Webhooks:LoopbackUrl."
            );
        }
    }

    private static string? Note(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable when response.Headers.RetryAfter is { } after =>
                $"The webhook's rate limit counts tests too. Try again in {after.Delta?.TotalSeconds ?? 1:0} s.",
            _ => null,
        };
}

/// <summary>What the webhook said.</summary>
/// <param name="Sent">False when the request did not reach the webhook; <paramref name="Note"/> says why.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The answer's body.</param>
/// <param name="Ms">Milliseconds from request to answer.</param>
/// <param name="Request">The body that was sent, its secret cut out.</param>
/// <param name="Note">What the reader should know.</param>
public sealed record TestAlertResult(bool Sent, int? Status, string? Body, int? Ms, string? Request, string? Note);
