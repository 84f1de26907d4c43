using System.Buffers;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Web.Webhooks;

/// <summary>
/// Where alerts arrive: <c>POST /hooks/{token}</c>. Translates a request for <see cref="SignalIntake"/> and its answer for the sender.
/// </summary>
public static class IntakeEndpoints
{
    /// <summary>Bytes of body that a webhook takes.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>Answers before cookies, sessions and pages get to see the request: none of them has a say here.</summary>
    public static void MapHooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/hooks/{token}", ReceiveAsync)
            .ShortCircuit()
            .DisableAntiforgery()
            .WithTags("Intake")
            .WithSummary("Take an alert")
            .WithDescription("Authenticated as the webhook demands. 2xx only after the signal is committed.");

    private static async Task<IntakeHttpResult> ReceiveAsync(
        string token,
        HttpContext context,
        SignalIntake intake,
        TestPass tests,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var receivedAt = time.GetUtcNow().UtcDateTime;
        if (
            await ReadBodyAsync(context.Request, cancellationToken) is not { } received
            || CompressedBody.Read(received, context.Request.Headers.ContentEncoding, BodyLimit) is not { } body
        )
        {
            return IntakeHttpResult.TooLarge;
        }

        // What the sender's own line took is not held against the commit: else a slow one would be sent away for ever.
        var bodyReadAt = time.GetTimestamp();
        var headers = context.Request.Headers;

        // Svix, which Standard Webhooks comes from, has its own names for the same three headers.
        var standard = headers.ContainsKey("webhook-signature") || !headers.ContainsKey("svix-signature") ? "webhook-" : "svix-";
        var credentials = new WebhookCredentials(
            context.Connection.RemoteIpAddress,
            Line(headers, standard + "id"),
            Line(headers, standard + "timestamp"),
            Line(headers, standard + "signature"),
            Line(headers, "X-Hub-Signature-256"),
            Line(headers, "X-Signature"),
            tests.Opens(headers[TestPass.Header], received)
        );
        return new IntakeHttpResult(
            await intake.ReceiveAsync(
                new IntakeRequest(token, body, credentials, context.TraceIdentifier, receivedAt, bodyReadAt) { Signed = received },
                cancellationToken
            )
        );
    }

    /// <summary>A header's lines as one, for those that may come in several.</summary>
    private static string? Line(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var lines) && lines.Count > 0 ? string.Join(' ', lines.ToArray()) : null;

    /// <summary>Null when the body is over the cap; reads no more than one byte past it.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > BodyLimit)
        {
            return null;
        }

        var result = await request.BodyReader.ReadAtLeastAsync(BodyLimit + 1, cancellationToken);
        var body = result.Buffer.Length > BodyLimit ? null : result.Buffer.ToArray();
        request.BodyReader.AdvanceTo(result.Buffer.End);
        return body;
    }
}
