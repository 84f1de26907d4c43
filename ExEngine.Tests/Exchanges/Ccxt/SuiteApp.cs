using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>The application and a fake exchange that lists two markets for each case, before anybody asks for its rules.</summary>
public sealed class SuiteApp : IAsyncLifetime
{
    private const int Cases = 40;
    private int _taken;

    public ExchangeApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        foreach (var letter in "XY")
        {
            await Task.WhenAll(Enumerable.Range(1, Cases).Select(i => App.Exchange.SetMarketAsync(Listed($"{letter}{i}"))));
        }
    }

    public async Task<SuiteBench> OpenAsync()
    {
        var number = Interlocked.Increment(ref _taken);
        var markets = await App.BinanceAsync();
        Market Of(string asset) =>
            markets.Resolve($"{asset}/USDT").Market ?? throw new InvalidOperationException($"{Cases} cases were expected.");
        var key = await App.Exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 10_000, [$"X{number}"] = 100 });
        return new CcxtBench(App, key, Of($"X{number}"), Of($"Y{number}"));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static FakeMarket Listed(string asset) => new(asset, "USDT", "0.01000000", "0.00010000") { MaxMarketQuantity = "0.00000000" };
}
