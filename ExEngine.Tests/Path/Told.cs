using System.Net;
using System.Text.Json;

namespace ExEngine.Tests.Path;

/// <summary>What the sender is told.</summary>
internal sealed record Told(HttpStatusCode Status, string Body, TimeSpan? RetryAfter, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Word => Json.GetProperty("status").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    public Guid Id => Json.GetProperty(Json.TryGetProperty("signalId", out _) ? "signalId" : "id").GetGuid();

    // For the message of a failed test; the other members expect the answer that it did not get.
    public override string ToString() => $"{(int)Status} {Body}";
}
