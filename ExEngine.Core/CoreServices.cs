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
        services.AddRedis();
        services.AddData(configuration);
        services.AddExchanges();
        services.AddLive(configuration);
        return services;
    }

    private static void AddExchanges(this IServiceCollection services)
    {
        services.AddSingleton<ExchangeDirectory>();
        services.AddSingleton<MarketCatalog>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<AccountTester>();
    }

    private static void AddRedis(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration("Redis").ValidateDataAnnotations()
            .Validate<IConfiguration>((_, c) => RedisLink.CanRead(c.GetConnectionString("Redis")),
                "ConnectionStrings:Redis cannot be read. Write host:port, with options after commas, such as localhost:6379,password=….")
            .ValidateOnStart();
        services.AddSingleton<RedisLink>();
    }

    private static void AddLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LiveFeed>();
        if (configuration.GetConnectionString("Redis") is { Length: > 0 })
        {
            services.AddHostedService<RedisRelay>();
        }
    }
}
