namespace ExEngine.Web.Health;

/// <param name="Status"><c>ready</c>, <c>degraded</c> (everything required is up), or <c>down</c> (answered with 503).</param>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, PartHealth> Parts)
{
    public static HealthReport Of(IReadOnlyDictionary<string, PartHealth> parts) =>
        new(
            parts.Values.Any(p => p.State == PartState.Down) ? "down"
                : parts.Values.Any(p => p.State == PartState.Degraded) ? "degraded"
                : "ready",
            parts
        );
}
