using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Live;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExEngine.Core;

/// <summary>Registers the engine: one short method per folder, in path order.</summary>
public static class CoreServices
{
    public static IServiceCollection AddExEngineCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddData(configuration);
        services.AddExchanges();
        services.AddLive();
        return services;
    }

    private static void AddExchanges(this IServiceCollection services)
    {
        services.AddSingleton<ExchangeDirectory>();
        services.AddSingleton<MarketCatalog>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<AccountTester>();
    }

    private static void AddLive(this IServiceCollection services) => services.AddSingleton<LiveFeed>();
}
