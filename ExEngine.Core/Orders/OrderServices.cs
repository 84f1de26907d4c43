using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Orders.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Orders;

public static class OrderServices
{
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services
            .AddSettings<ExecutionOptions>("Execution")
            .Validate(
                o => o.DangerousFailpoint is not { Length: > 0 } || Failpoint.IsPoint(o.DangerousFailpoint),
                $"Execution:DangerousFailpoint names no point; allowed are {string.Join(", ", Failpoint.Names)}, with :n for the n-th time; or @ and the whole path of a file that names one."
            )
            .Validate(o => o.AbsenceHorizon > o.SendWithin, "Execution:AbsenceHorizon is longer than Execution:SendWithin.");
        services
            .AddSingleton<AccountUseQuery>(OrderUses.OpenOrders)
            .AddSingleton<AccountUseQuery>(OrderUses.UnheardTrades)
            .AddSingleton<AccountUseQuery>(OrderUses.OpenPositions);
        return services
            .AddSingleton<RiskReader>()
            .AddSingleton<RiskFigureReader>()
            .AddSingleton<DailyLossBreaker>()
            .AddSingleton<DrawdownWatch>()
            .AddHostedService(sp => sp.GetRequiredService<DrawdownWatch>())
            .AddSingleton<OrderLedger>()
            .AddSingleton<OrderPlacer>()
            .AddSingleton<OrderReplacer>()
            .AddSingleton<OrderReplaceService>()
            .AddSingleton<ManualSells>()
            .AddSingleton<OrderService>()
            .AddSingleton<OrderQuery>()
            .AddSingleton<OrderStatistics>();
    }
}
