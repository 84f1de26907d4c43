using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Pages.Balances;
using ExEngine.Web.Components.Pages.Bots;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Pages.Positions;
using ExEngine.Web.Components.Parts;
using MudBlazor;
using MudBlazor.Services;

namespace ExEngine.Web.Components;

public static class PageServices
{
    /// <summary>Blazor Server with MudBlazor's parts.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // The browser hands the rows of the first paint back when its circuit starts: 40 long ones are more than the usual 32 KB.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(o => o.MaximumReceiveMessageSize = 512 * 1024);
        services.AddMudServices(o =>
        {
            o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            o.SnackbarConfiguration.VisibleStateDuration = 8000;
            o.SnackbarConfiguration.PreventDuplicates = true;
            // A message that fades in cannot be read meanwhile.
            o.SnackbarConfiguration.ShowTransitionDuration = 0;
            o.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        services.AddScoped<OrderActs>();
        services.AddScoped<BulkActs>();
        services.AddScoped<PositionActs>();
        services.AddScoped<BotActs>();
        services.AddScoped<ProofPrompt>();
        services.AddSingleton<Holdings>();
        services.AddSingleton<BalanceTargets>();
        services.AddSingleton<KnownMarkets>();
        services.AddCascadingAuthenticationState();
        return services;
    }

    public static void MapPages(this IEndpointRouteBuilder app) =>
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(
                // SecurityHeaders says it more strictly.
                o => o.ContentSecurityFrameAncestorsPolicy = null
            );

    /// <summary>Unknown addresses get the not-found page, except where machines call.</summary>
    public static void UseStatusCodePagesForBrowsers(this WebApplication app) =>
        app.UseWhen(
            c => !c.Request.Path.StartsWithSegments("/api") && !c.Request.Path.StartsWithSegments("/hooks"),
            branch => branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true)
        );
}
