using ExEngine.Core.Engine.Bots;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Engine;

public static class EngineServices
{
    /// <summary>The loops that own accounts, and what goes on beside them.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddSingleton<AccountLeases>().AddSingleton<AccountReader>();
        services
            .AddSingleton<OrderAlarms>()
            .AddSingleton<BooksWatch>()
            .AddSingleton<AwayAlarms>()
            .AddSingleton<AccountWatch>()
            .AddSingleton<TradeAlarms>()
            .AddSingleton<ExecutionReportHandler>()
            .AddSingleton<DueSignalPlanner>()
            .AddSingleton<OrderSender>()
            .AddSingleton<OrderDispatcher>()
            .AddSingleton<ProtectionKeeper>();
        services.AddMetrics().AddSingleton<BotMeter>();
        services
            .AddSingleton<BotNewsReader>()
            .AddSingleton<BotFunds>()
            .AddSingleton<BotAbsence>()
            .AddSingleton<BotWriter>()
            .AddSingleton<BotKeeper>();
        services.AddSingleton<BotSignalAsking>().AddSingleton<BotSignals>();
        services
            .AddSingleton<SignalCompletion>()
            .AddSingleton<ManualResolution>()
            .AddSingleton<ExitAlarms>()
            .AddSingleton<PlanContextLoader>()
            .AddSingleton<PlanExecutor>()
            .AddSingleton<PositionClosing>();
        services.AddSettings<RetentionOptions>("Retention");
        services.AddHostedService<RetentionWorker>();
        return services.AddHostedService<AccountWorker>().AddHostedService<WarmUpWorker>().AddHostedService<KeyAlarmWorker>();
    }
}
