using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Exchanges;

public static class ExchangeServices
{
    public static IServiceCollection AddExchanges(this IServiceCollection services)
    {
        services
            .AddSettings<ExchangesOptions>("Exchanges")
            .Validate(
                o => o.Values.All(e => e.BaseUrl is null || IsHttp(e.BaseUrl)),
                "Exchanges:<id>:BaseUrl is an absolute http or https address."
            )
            .Validate(
                o => o.Values.All(e => e.BaseUrl is null || !e.Sandbox),
                "Exchanges:<id>: BaseUrl and Sandbox are two places for the same calls; set one of them."
            );
        services.AddSettings<MarketOptions>("Markets");
        services.AddSingleton<ExchangeDirectory>().AddSingleton<MarketSnapshotStore>().AddSingleton<MarketCatalog>();
        services.AddHostedService<MarketRefreshWorker>();
        services.AddSingleton<ApiKeyTwins>().AddSingleton<AccountService>().AddSingleton<AccountTester>();
        services.AddSingleton<ExchangeFactory>().AddSingleton<ExchangeCalls>().AddSingleton<ExchangeReach>();
        services.AddSingleton<ExchangeClocks>().AddHostedService<ClockWorker>();
        services
            .AddSingleton<ApiKeyChecker>()
            .AddSingleton<KeyCheckWorker>()
            .AddHostedService(sp => sp.GetRequiredService<KeyCheckWorker>());
        return services.AddCcxt().AddPaper();
    }

    private static IServiceCollection AddPaper(this IServiceCollection services)
    {
        services.AddSettings<PaperOptions>("Paper");
        services.AddSingleton<PriceFeed>().AddSingleton<CandleFeed>().AddHostedService<PriceWorker>();
        return services
            .AddSingleton<PaperVenue>()
            .AddSingleton<PaperMatcher>()
            .AddHostedService(sp => sp.GetRequiredService<PaperMatcher>());
    }

    private static IServiceCollection AddCcxt(this IServiceCollection services)
    {
        services
            .AddSettings<GatewayOptions>("Gateway")
            .Validate(
                o => o.Url is null || (IsHttp(o.Url) && o.Secret is not null),
                "Gateway:Url is an http or https address and needs Gateway:Secret."
            );
        return services
            .AddSingleton<GatewayStatus>()
            .AddSingleton<GatewayClient>()
            .AddHostedService<CcxtGateway>()
            .AddSingleton<ExchangeCooldown>()
            .AddSingleton<CcxtCall>()
            .AddSingleton<CcxtAccounts>()
            .AddSingleton<CcxtPrices>();
    }

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
