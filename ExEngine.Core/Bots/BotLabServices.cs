using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Edits;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Bots.Suggestions;
using ExEngine.Core.Bots.Sweep;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Bots;

/// <summary>What plays bots without trading.</summary>
public static class BotLabServices
{
    public static IServiceCollection AddBotLab(this IServiceCollection services) =>
        services
            .AddSingleton<BotGrounds>()
            .AddSingleton<BotPreviewService>()
            .AddSingleton<EditPreviewService>()
            .AddSingleton<CandleWatch>()
            .AddSingleton<StartWatch>()
            .AddSingleton<CandleArchive>()
            .AddSingleton<SuggestionService>()
            .AddSingleton<CandleUploads>()
            .AddSingleton<BacktestStages>()
            .AddSingleton<BacktestWork>()
            .AddSingleton<BacktestService>()
            .AddSingleton<SweepWork>()
            .AddSingleton<TriedSettings>()
            .AddSingleton<BacktestRunner>()
            .AddHostedService(sp => sp.GetRequiredService<BacktestRunner>());
}
