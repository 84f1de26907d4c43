using ExEngine.Web.Api.Auth;
using ExEngine.Web.Api.Bots;
using ExEngine.Web.Api.Money;
using ExEngine.Web.Api.Operators;
using ExEngine.Web.Api.Preferences;
using ExEngine.Web.Webhooks;

namespace ExEngine.Web.Api;

public static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddRestDocument().AddApiProblems().AddWebhookTools().AddSingleton<BotReplies>().AddSingleton<BotPresses>();

    /// <summary>One file per resource in this folder; every route needs a signed-in user.</summary>
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapAuth();
        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapExchanges();
        api.MapSignals();
        api.MapAccounts();
        api.MapOrders();
        api.MapBots();
        api.MapPositions();
        api.MapWebhooks();
        api.MapRisk();
        api.MapHoldings();
        api.MapMoney();
        api.MapAlarms();
        api.MapActivity();
        api.MapPreferences();
        api.MapBotPreview();
        api.MapBotImport();
        api.MapBotSuggestions();
        api.MapBacktests();
        api.MapSweeps();
        api.MapOperator();
    }
}
