using ExEngine.Core.Alarms;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Engine;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Portfolio.Activities;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Preferences;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Redis;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Example;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
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
        services.AddSealedColumns();
        services.AddSingleton<PreferenceBook>().AddSingleton<DayBorders>();
        services.AddRateLimits(configuration);
        services.AddWebhooks(configuration);
        services.AddExchanges();
        services.AddAlarms().AddRisk().AddOrders().AddReconciliation().AddPortfolio();
        services.AddBots();
        services.AddBotLab();
        services.AddEngine();
        services.AddLive(configuration);
        return services;
    }

    private static void AddSealedColumns(this IServiceCollection services)
    {
        services.AddSingleton(SealedColumn.Of<ExchangeAccount>(nameof(ExchangeAccount.ApiKeySealed)));
        services.AddSingleton(SealedColumn.Of<ExchangeAccount>(nameof(ExchangeAccount.SecretSealed)));
        services.AddSingleton(SealedColumn.Of<ExchangeAccount>(nameof(ExchangeAccount.PassphraseSealed)));
        services.AddSingleton(SealedColumn.Of<Webhook>(nameof(Webhook.TokenSealed)));
        services.AddSingleton(SealedColumn.Of<Webhook>(nameof(Webhook.SecretSealed)));
        services.AddSingleton(SealedColumn.Of<Webhook>(nameof(Webhook.PreviousSecretSealed)));
        services.AddSingleton(SealedColumn.OfUserTokens());
    }

    private static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<RateLimitOptions>("RateLimits");
        services.AddSettings<CapOptions>("Caps");
        services.AddSingleton<LocalRateLimiter>();
        if (configuration.GetConnectionString("Redis") is { Length: > 0 })
        {
            services.AddSingleton<RateLimiter, RedisRateLimiter>();
        }
        else
        {
            services.AddSingleton<RateLimiter>(sp => sp.GetRequiredService<LocalRateLimiter>());
        }
    }

    private static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<WebhookOptions>("Webhooks");
        services.AddSingleton<ResolvedWebhookFactory>().AddSingleton<WebhookCache>().AddSingleton<AuthLockout>();
        services.AddSingleton<RejectedRequestCounter>().AddHostedService(sp => sp.GetRequiredService<RejectedRequestCounter>());
        services.AddSingleton<DailyAlerts>().AddHostedService(sp => sp.GetRequiredService<DailyAlerts>());
        services.AddSingleton<SignalIntake>();
        services.AddSingleton<SignalQuery>().AddSingleton<SignalStatistics>().AddSingleton<SignalReplay>();
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 })
        {
            services.TryAddSingleton<SignalStore>(sp => new PostgresSignalStore(sp.GetRequiredService<Npgsql.NpgsqlDataSource>(), 3));
        }
        else
        {
            services.TryAddSingleton<SignalStore, SqliteSignalStore>();
        }

        services.AddSingleton<SignalWriter>().AddHostedService(sp => sp.GetRequiredService<SignalWriter>());
        services
            .AddSingleton<WebhookKeys>()
            .AddSingleton<WebhookService>()
            .AddSingleton<WebhookActivity>()
            .AddSingleton<SampleOrders>()
            .AddSingleton<SignalPreview>()
            .AddSingleton<ExampleAccount>();
        services
            .AddSingleton<AccountUseQuery>(WebhookActivity.AccountUses)
            .AddSingleton<SignalCount>(AcceptedSignals.CountAsync)
            .AddSingleton<RiskScopeQuery>(WebhookActivity.IsRiskScopeAsync)
            .AddSingleton<RiskOwnerQuery>(WebhookActivity.OwnerAsync);
    }

    private static IServiceCollection AddAlarms(this IServiceCollection services) =>
        services.AddSingleton<AlarmBook>().AddSingleton<AlarmService>();

    private static IServiceCollection AddRisk(this IServiceCollection services) =>
        services.AddSingleton<RiskService>().AddSingleton<RateSource>();

    private static IServiceCollection AddReconciliation(this IServiceCollection services) => services.AddSingleton<OrderHistoryReader>();

    private static IServiceCollection AddPortfolio(this IServiceCollection services) =>
        services
            .AddSingleton<PositionService>()
            .AddSingleton<ProtectedOrderService>()
            .AddSingleton<PositionQuery>()
            .AddSingleton<ActivityQuery>()
            .AddSingleton<HoldingService>()
            .AddSingleton<BookEntries>()
            .AddSingleton<CommissionBooks>()
            .AddMoney();

    private static void AddRedis(this IServiceCollection services)
    {
        services
            .AddSettings<RedisOptions>("Redis")
            .Validate<IConfiguration>(
                (_, c) => RedisLink.CanRead(c.GetConnectionString("Redis")),
                "ConnectionStrings:Redis cannot be read. Write host:port, with options after commas, such as localhost:6379,password=…."
            );
        services.AddSingleton<RedisLink>();
    }

    private static void AddLive(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ChangeFeed>();
        if (configuration.GetConnectionString("Redis") is { Length: > 0 })
        {
            services.AddHostedService<RedisRelay>();
        }
    }
}
