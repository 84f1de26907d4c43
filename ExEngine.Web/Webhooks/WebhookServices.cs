using ExEngine.Web.Api;
using ExEngine.Web.Components.Pages.Webhooks;

namespace ExEngine.Web.Webhooks;

public static class WebhookServices
{
    /// <summary>What pages and REST need around webhooks.</summary>
    public static IServiceCollection AddWebhookTools(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<WebhookUrls>();
        services.AddSingleton<TestAlert>();
        services.AddSingleton<TestPass>();
        services.AddSingleton<WebhookViews>();
        services.AddScoped<IssuedPairs>();

        // The address is our own: a proxy of the environment would not find it, and a webhook never redirects.
        services
            .AddHttpClient(TestAlert.HttpName, c => c.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        return services;
    }
}
