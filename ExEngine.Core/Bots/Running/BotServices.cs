using ExEngine.Core.Exchanges.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Bots.Running;

public static class BotServices
{
    public static IServiceCollection AddBots(this IServiceCollection services) =>
        services
            .AddSingleton<BotMaker>()
            .AddSingleton<BotRecords>()
            .AddSingleton<BotStartCheck>()
            .AddSingleton<BotCommands>()
            .AddSingleton<BotChanges>()
            .AddSingleton<BotControl>()
            .AddSingleton<BotService>()
            .AddSingleton<BotQuery>()
            .AddSingleton<AccountUseQuery>(BotUses.Accounts);
}
