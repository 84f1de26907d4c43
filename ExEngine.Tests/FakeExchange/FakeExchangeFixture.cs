using ExEngine.Tests.FakeExchange.Suite;
using ExEngine.Tests.Support;
using Xunit;

namespace ExEngine.Tests.FakeExchange;

/// <summary>One fake exchange for a class of tests. Each test has an account, and as far as prices matter a market, of its own.</summary>
public sealed class FakeExchangeFixture : IAsyncLifetime
{
    private int _markets;

    public FakeExchangeProcess Exchange { get; private set; } = null!;

    internal CcxtDriver Ccxt { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Need.Node();
        Exchange = await FakeExchangeProcess.StartAsync();
        Ccxt = CcxtDriver.Start(Exchange.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (Exchange is not null)
        {
            await Ccxt.DisposeAsync();
            await Exchange.DisposeAsync();
        }
    }

    /// <summary>A market that no other test trades: ticks of 0.01, steps of 0.0001, at a price of 100.</summary>
    internal async Task<FakeMarket> MarketAsync(Func<FakeMarket, FakeMarket>? change = null)
    {
        var market = new FakeMarket($"T{Interlocked.Increment(ref _markets)}", "USDT", "0.01000000", "0.00010000");
        market = change?.Invoke(market) ?? market;
        await Exchange.SetMarketAsync(market);
        return market;
    }

    /// <summary>A customer with 10,000 USDT and 100 of the market's base, and CCXT with his key.</summary>
    internal async Task<FakeCustomer> CustomerAsync(FakeMarket market, FakeKeyRights? rights = null, FakeCommission? commission = null)
    {
        var key = await Exchange.CreateAccountAsync(
            new Dictionary<string, decimal> { ["USDT"] = 10_000, [market.Base] = 100 },
            rights,
            commission
        );
        return new FakeCustomer(Exchange, market, key, Ccxt);
    }
}
