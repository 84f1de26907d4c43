using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ExEngine.Core.Text;
using ExEngine.Tests.FakeExchange.Control;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.FakeExchange;

/// <summary>
/// The fake exchange, running in a process of its own. It starts with the markets of <see cref="FakeMarkets"/> at their start
/// prices, endless liquidity, no limits, no faults and no accounts.
/// </summary>
public sealed partial class FakeExchangeProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _control;
    private int _accounts;

    private FakeExchangeProcess(ChildProcess process, string address)
    {
        _process = process;
        Address = address;
        _control = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>For <c>Exchanges:binance:BaseUrl</c>.</summary>
    public string Address { get; }

    /// <summary>What it has written so far.</summary>
    public string Log => _process.Log;

    /// <param name="arguments">Such as <c>--ledger</c> and a file, or <c>--sandbox</c>.</param>
    public static async Task<FakeExchangeProcess> StartAsync(params string[] arguments)
    {
        var process = ChildProcess.Start("dotnet", [typeof(FakeExchangeProcess).Assembly.Location, TestEntry.FakeExchange, .. arguments]);
        await Until.True(() => process.HasExited || Place().IsMatch(process.Log), TimeSpan.FromSeconds(60), () => process.Log);
        return new FakeExchangeProcess(process, Place().Match(process.Log).Groups[1].Value);
    }

    /// <summary>All paths in the order in which they were asked for.</summary>
    public async Task<string[]> AskedAsync() => (await _control.GetFromJsonAsync<string[]>("/control/asked"))!;

    /// <summary>Lets a path answer with a status from now on.</summary>
    public async Task FailAsync(string path, int status) => await PostAsync($"fail?path={path}&status={status}");

    /// <summary>
    /// No path fails, no fault is left, the clock is right, nothing is limited or late, and nothing was asked. Accounts,
    /// orders, prices and the ledger stay.
    /// </summary>
    public async Task ResetAsync() => await PostAsync("reset");

    /// <summary>How many streams follow the orders of this account.</summary>
    public Task<int> StreamsAsync(string account) => _control.GetFromJsonAsync<int>($"/control/streams?account={account}");

    /// <summary>Ends every stream.</summary>
    public async Task DropStreamsAsync() => (await _control.DeleteAsync("/control/streams")).EnsureSuccessStatusCode();

    /// <summary>An account of its own with these balances (free), and a key to it.</summary>
    /// <param name="rights">Reading and spot trading from one IP, when null.</param>
    /// <param name="commission">0.1 % of what is received, when null.</param>
    public Task<FakeKey> CreateAccountAsync(
        IReadOnlyDictionary<string, decimal> balances,
        FakeKeyRights? rights = null,
        FakeCommission? commission = null
    ) =>
        WishAsync(
            new AccountWish($"account-{Interlocked.Increment(ref _accounts)}")
            {
                Balances = new(balances),
                Rights = rights ?? new(),
                Commission = commission,
            }
        );

    /// <summary>One more key to an account.</summary>
    public Task<FakeKey> CreateKeyAsync(string account, FakeKeyRights? rights = null) =>
        WishAsync(new AccountWish(account) { Rights = rights ?? new() });

    /// <summary>From now on the key may do this.</summary>
    public Task SetRightsAsync(FakeKey key, FakeKeyRights rights) =>
        WishAsync(new AccountWish(key.Account) { Key = key.Key, Rights = rights });

    /// <summary>The key is unknown from now on.</summary>
    public async Task RevokeAsync(FakeKey key) => (await _control.DeleteAsync("/control/key?key=" + key.Key)).EnsureSuccessStatusCode();

    public Task SetCommissionAsync(string account, FakeCommission commission) =>
        PostAsync("account", new AccountWish(account) { Commission = commission });

    /// <summary>Adds to the free balances.</summary>
    public Task DepositAsync(string account, IReadOnlyDictionary<string, decimal> balances) =>
        PostAsync("account", new AccountWish(account) { Balances = new(balances) });

    /// <summary>The last price. Orders that it reaches are filled before this returns, and the book's liquidity stands anew.</summary>
    /// <param name="symbol">Such as <c>BTCUSDT</c>.</param>
    public Task SetPriceAsync(string symbol, decimal price) =>
        PostAsync($"price?symbol={symbol}&price={price.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The past prices of a symbol, instead of those that it had.</summary>
    public Task SetCandlesAsync(string symbol, IReadOnlyList<FakeClose> closes) => PostAsync("candles?symbol=" + symbol, closes);

    /// <summary>How much there is to trade, and at which distance. Waiting orders take from it at once.</summary>
    public Task SetBookAsync(string symbol, FakeBook book) => PostAsync("book?symbol=" + symbol, book);

    /// <summary>Lets the price move by itself.</summary>
    public Task WalkAsync(string symbol, FakeWalk walk) => PostAsync("walk?symbol=" + symbol, walk);

    public async Task StandAsync(string symbol) => (await _control.DeleteAsync("/control/walk?symbol=" + symbol)).EnsureSuccessStatusCode();

    /// <summary>How far the exchange's clock is ahead of the real one.</summary>
    public Task SetClockAsync(TimeSpan ahead) => PostAsync($"clock?milliseconds={(int)ahead.TotalMilliseconds}");

    /// <summary>For so long after its acceptance no question finds an order or its trades.</summary>
    public Task SetQueryLagAsync(TimeSpan lag) => PostAsync($"lag?milliseconds={(int)lag.TotalMilliseconds}");

    public Task SetLimitsAsync(FakeLimits limits) => PostAsync("limits", limits);

    /// <summary>Ends an open order, as the exchange does where two orders of one account would meet.</summary>
    /// <param name="forget">It is in no list any more, and no question finds it.</param>
    public Task EndAsync(string account, string clientOrderId, bool forget = false) =>
        PostAsync($"end?account={account}&clientOrderId={clientOrderId}&forget={forget}");

    /// <summary>Adds a fault. A request meets the first one set that is for it.</summary>
    public Task FaultAsync(FakeFault fault) => PostAsync("faults", fault);

    public async Task ClearFaultsAsync() => (await _control.DeleteAsync("/control/faults")).EnsureSuccessStatusCode();

    /// <param name="after">Only what came after this entry.</param>
    public async Task<FakeLedger> LedgerAsync(long after = 0) =>
        new((await _control.GetFromJsonAsync<LedgerEntry[]>($"/control/ledger?after={after}", ExactJson.Options))!);

    /// <summary>What the account holds, by asset.</summary>
    public async Task<Dictionary<string, FakeBalance>> BalancesAsync(string account) =>
        (await _control.GetFromJsonAsync<Dictionary<string, FakeBalance>>("/control/balances?account=" + account, ExactJson.Options))!;

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Kill() => _process.Signal("KILL");

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>Lists a market, or changes its rules.</summary>
    internal Task SetMarketAsync(FakeMarket market) => PostAsync("market", market);

    private async Task<FakeKey> WishAsync(AccountWish wish) =>
        (await (await PostAsync("account", wish)).Content.ReadFromJsonAsync<FakeKey>(ExactJson.Options))!;

    private async Task<HttpResponseMessage> PostAsync(string what, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ExactJson.Options);
        var answer = await _control.PostAsync("/control/" + what, content);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException($"{what}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex(@"Fake exchange at (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Place();
}
