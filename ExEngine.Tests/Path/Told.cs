using System.Net;
using System.Text.Json;

namespace ExEngine.Tests.Path;

/// <summary>What the sender is told.</summary>
internal sealed record Told(HttpStatusCode Status, string Body, TimeSpan? RetryAfter, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Word => Json.GetProperty("status").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    /// <summary>Of the signal; an answer that stored none, such as 503, has none and says so.</summary>
    public Guid Id =>
        Json.TryGetProperty("signalId", out var id) || Json.TryGetProperty("id", out id)
            ? id.GetGuid()
            : throw new InvalidOperationException($"No signal was stored: {this}");

    // For the message of a failed test; the other members expect the answer that it did not get.
    public override string ToString() => $"{(int)Status} {Body}";
}
