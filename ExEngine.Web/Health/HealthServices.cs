namespace ExEngine.Web.Health;

public static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services;

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok());
        app.MapGet("/health/ready", () => TypedResults.Ok());
    }
}
