using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Health;

public static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", Live).WithSummary("200 while the process runs");
        health.MapGet("/ready", ReadyAsync).WithSummary("200 when it can take alerts, else 503; each part with its state and reason");
    }

    private static Ok<HealthReport> Live() =>
        TypedResults.Ok(HealthReport.Of(new Dictionary<string, PartHealth> { ["process"] = PartHealth.Up("The process runs.") }));

    private static async Task<JsonHttpResult<HealthReport>> ReadyAsync(Readiness readiness, HttpContext context)
    {
        var report = await readiness.AskAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            report,
            statusCode: report.Status == "down" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK
        );
    }
}
