using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange;

/// <summary>Someone with an account at the fake exchange who trades one market through CCXT.</summary>
internal sealed class FakeCustomer(FakeExchangeProcess exchange, FakeMarket market, FakeKey key, CcxtDriver ccxt) : IAsyncDisposable
{
    private int _ids;

    public FakeKey Key => key;
    public CcxtDriver Ccxt => ccxt;
    public string Symbol => $"{market.Base}/{market.Quote}";

    public string NewId() => $"{key.Account}-{Interlocked.Increment(ref _ids)}";

    public Task<CcxtAnswer> TryOrderAsync(string type, string side, string quantity, string? price = null, string? id = null, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["clientOrderId"] = id ?? NewId();
        return ccxt.TryAsync("createOrder", Symbol, type, side, quantity, price, parameters);
    }

    public async Task<JsonNode> OrderAsync(string type, string side, string quantity, string? price = null, string? id = null, JsonObject? more = null)
    {
        var answer = await TryOrderAsync(type, side, quantity, price, id, more);
        return answer.Error is null ? answer.Value! : throw new InvalidOperationException($"{answer.Error}: {answer.Message}");
    }

    public Task<JsonNode> FindAsync(string clientId) => ccxt.CallAsync("fetchOrder", null, Symbol, new { clientOrderId = clientId });

    public async Task<FakeLedger> LedgerAsync() => (await exchange.LedgerAsync()).OfAccount(key.Account);

    public Task<Dictionary<string, FakeBalance>> BalancesAsync() => exchange.BalancesAsync(key.Account);

    public ValueTask DisposeAsync() => ccxt.DisposeAsync();
}
