namespace ExEngine.Web.Network;

/// <summary>
/// A circuit is opened only by pages of this site: browsers let any site open a WebSocket, cookie included, and state the
/// origin truthfully.
/// </summary>
public static class CircuitOrigin
{
    public static void UseCircuitOrigin(this WebApplication app) =>
        app.UseWhen(
            c => c.Request.Path.StartsWithSegments("/_blazor"),
            circuit =>
                circuit.Use(
                    (context, next) =>
                    {
                        if (IsOwn(context.Request))
                        {
                            return next(context);
                        }

                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    }
                )
        );

    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
