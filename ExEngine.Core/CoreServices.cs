using ExEngine.Core.Data;
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
        services.AddLive();
        return services;
    }

    private static void AddLive(this IServiceCollection services) => services.AddSingleton<LiveFeed>();
}
