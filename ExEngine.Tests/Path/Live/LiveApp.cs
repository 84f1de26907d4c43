using ExEngine.Core.Data;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExEngine.Tests.Path.Live;

/// <summary>The application with its engine, gateway and real CCXT, whose Binance is the fake exchange; times are shortened.</summary>
public class LiveApp : IAsyncLifetime
{
    private int _taken = -1;

    public FakeExchangeProcess Exchange { get; private set; } = null!;
    public AppFactory App { get; private set; } = null!;

    /// <summary>What makes an ambiguous order settle within seconds instead of within a minute.</summary>
    public static IReadOnlyDictionary<string, string> Shortened { get; } =
        new Dictionary<string, string>
        {
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Webhook:Permits"] = "10000",
            ["RateLimits:Auth:PermitsPerIp"] = "10000",
            ["Execution:Enabled"] = "true",
            ["Execution:SendWithin"] = "00:00:02",
            ["Execution:AbsenceHorizon"] = "00:00:05",
            ["Execution:AbsenceGap"] = "00:00:01",
            ["Execution:LateFills"] = "00:00:00.500",
            ["Execution:OrderPoll"] = "00:00:00.500",
            ["Gateway:ExchangeTimeout"] = "00:00:02",
        };

    /// <summary>Markets for tests that move prices, one each: ticks of 0.01, steps of 0.0001, at 100.</summary>
    internal static IReadOnlyList<FakeMarket> Markets { get; } =
    [.. Enumerable.Range(1, 12).Select(i => new FakeMarket($"P{i}", "USDT", "0.01000000", "0.00010000"))];

    /// <summary>One with a smaller largest market order: 1.</summary>
    internal static FakeMarket SmallOrders { get; } = new("SMALL", "USDT", "0.01000000", "0.00010000") { MaxMarketQuantity = "1.00000000" };

    public async ValueTask InitializeAsync()
    {
        Need.Node();
        Exchange = await FakeExchangeProcess.StartAsync();
        foreach (var market in Markets.Append(SmallOrders))
        {
            await Exchange.SetMarketAsync(market);
        }

        App = new AppFactory { ["Exchanges:binance:BaseUrl"] = Exchange.Address };
        foreach (var (key, value) in Shortened)
        {
            App[key] = value;
        }

        if (await DatabaseAsync() is { } postgres)
        {
            App["ConnectionStrings:Postgres"] = postgres;
        }
    }

    /// <summary>A market that no other test of the class trades.</summary>
    internal FakeMarket TakeMarket() => Markets[Interlocked.Increment(ref _taken)];

    /// <returns>The connection string of a PostgreSQL database; null for SQLite.</returns>
    protected virtual Task<string?> DatabaseAsync() => Task.FromResult<string?>(null);

    /// <summary>A trader whose live account holds these balances at the fake exchange, with a door to it.</summary>
    internal async Task<LiveTrader> TraderAsync(params (string Asset, decimal Amount)[] balances)
    {
        var key = await Exchange.CreateAccountAsync(balances.ToDictionary(b => b.Asset, b => b.Amount));
        var client = await ApiClient.SignUpAsync(App.Address, $"{Guid.NewGuid():N}@example.org");
        var account = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = key.Account,
                exchange = "binance",
                mode = "live",
                apiKey = key.Key,
                secret = key.Secret,
            }
        );
        var accountId = account.GetProperty("id").GetGuid();
        (await client.GetAsync("/api/exchanges/binance/markets?search=BTC")).EnsureSuccessStatusCode();
        var webhook = await DoorsApp.PostAsync(
            client,
            "/api/webhooks",
            new
            {
                name = "Webhook",
                accountId,
                auth = "hmac",
            }
        );
        return new LiveTrader(this, client, accountId, key, Sender.At(webhook, App.Address, "hmac"));
    }

    public async Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read)
    {
        await using var db = await App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
            await Exchange.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class PostgresLiveApp : LiveApp
{
    protected override async Task<string?> DatabaseAsync() => await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
}
