using System.Security.Claims;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;

namespace ExEngine.Web.Logs;

/// <summary>
/// One line per request, with the route and never the path: a webhook's path holds its token. Health checks, files,
/// circuits and alerts (each of which is a row with its request id) are left out while they succeed. The request id is answered as
/// <c>X-Request-Id</c>.
/// </summary>
public sealed class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Response.StatusCode >= 400 || !IsNoise(context))
            {
                Write(context, time.GetElapsedTime(began));
            }
        }
    }

    private void Write(HttpContext context, TimeSpan took) =>
        logger.Log(
            context.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Information,
            "{Method} {Route} {Status} in {Milliseconds} ms, request {RequestId}, user {UserId}",
            context.Request.Method,
            Route(context),
            context.Response.StatusCode,
            Math.Round((decimal)took.TotalMilliseconds, 1),
            context.TraceIdentifier,
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "-"
        );

    private static string Route(HttpContext context)
    {
        // The not-found page and the error handler run in place of what was asked for.
        var endpoint =
            context.Features.Get<IStatusCodeReExecuteFeature>() is { } again ? again.Endpoint
            : context.Features.Get<IExceptionHandlerFeature>() is { } failed ? failed.Endpoint
            : context.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
    }

    private static bool IsNoise(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health")
        || context.Request.Path.StartsWithSegments("/hooks")
        || context.Request.Path.StartsWithSegments("/_blazor")
        || context.Request.Path.StartsWithSegments("/_framework")
        || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}
