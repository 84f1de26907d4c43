using System.Globalization;
using System.Text.RegularExpressions;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>The application with its real gateway and real CCXT, whose Binance is the fake exchange.</summary>
public sealed partial class ExchangeApp : IAsyncLifetime
{
    public FakeExchangeProcess Exchange { get; private set; } = null!;
    public AppFactory App { get; private set; } = null!;
    public OffsetClock Clock { get; } = new();
    public MarketCatalog Markets => App.Get<MarketCatalog>();
    public GatewayStatus Gateway => App.Get<GatewayStatus>();

    /// <summary>The gateway's process.</summary>
    public int GatewayId => int.Parse(Number().Match(Gateway.Report.Reason).Value, CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        Need.Node();
        Exchange = await FakeExchangeProcess.StartAsync();
        App = Build();
    }

    /// <summary>Another application with the same exchange and clock.</summary>
    public AppFactory Build()
    {
        var app = new AppFactory
        {
            ["Exchanges:binance:BaseUrl"] = Exchange.Address,
            ["Gateway:RestartDelay"] = "00:00:00.100",
            ["Gateway:ExchangeTimeout"] = "00:00:03",
        };
        return app.With(s => s.AddSingleton<TimeProvider>(Clock));
    }

    public async Task<MarketSet> BinanceAsync() =>
        await Markets.FindAsync("binance", CancellationToken.None)
        ?? throw new InvalidOperationException($"{Markets.FailureOf("binance")} {Gateway.Report}");

    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
            await Exchange.DisposeAsync();
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
