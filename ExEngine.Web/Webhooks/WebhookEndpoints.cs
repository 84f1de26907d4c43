namespace ExEngine.Web.Webhooks;

public static class WebhookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder app)
    {
    }
}
