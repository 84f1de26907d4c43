using ExEngine.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Portfolio.Money;

public static class MoneyServices
{
    /// <summary>What accounts are worth over time, and what was earned.</summary>
    public static IServiceCollection AddMoney(this IServiceCollection services)
    {
        services.AddSettings<EquityOptions>("Equity");
        services.AddSingleton<EquityWriter>().AddSingleton<EquityWatch>().AddSingleton<EquityThinning>();
        services.AddHostedService(sp => sp.GetRequiredService<EquityWatch>());
        services.AddHostedService(sp => sp.GetRequiredService<EquityThinning>());
        return services.AddSingleton<EquityQuery>().AddSingleton<ProfitQuery>().AddSingleton<FillLedger>();
    }
}
