using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Suite;

namespace ExEngine.Tests.FakeExchange;

/// <summary>Someone with an account at the fake exchange who trades one market through CCXT.</summary>
internal sealed class FakeCustomer(FakeExchangeProcess exchange, FakeMarket market, FakeKey key, CcxtDriver ccxt)
{
    private int _ids;

    public FakeKey Key => key;
    public string Symbol => $"{market.Base}/{market.Quote}";

    /// <summary>CCXT's options that the next call sets.</summary>
    public JsonObject? Options { get; set; }

    public string NewId() => $"{key.Account}-{Interlocked.Increment(ref _ids)}";

    /// <summary>A method of CCXT's; the answer may be its error.</summary>
    public Task<CcxtReply> TryAsync(string method, params object?[] arguments) => ccxt.CallAsync(key, method, arguments, Options);

    public async Task<JsonNode> CallAsync(string method, params object?[] arguments) => (await TryAsync(method, arguments)).Good;

    public Task<CcxtReply> TryOrderAsync(
        string type,
        string side,
        string quantity,
        string? price = null,
        string? id = null,
        JsonObject? more = null
    )
    {
        var parameters = more ?? [];
        parameters["clientOrderId"] = id ?? NewId();
        return TryAsync("createOrder", Symbol, type, side, quantity, price, parameters);
    }

    public async Task<JsonNode> OrderAsync(
        string type,
        string side,
        string quantity,
        string? price = null,
        string? id = null,
        JsonObject? more = null
    ) => (await TryOrderAsync(type, side, quantity, price, id, more)).Good;

    public Task<CcxtReply> TryFindAsync(string clientId) => TryAsync("fetchOrder", null, Symbol, new { clientOrderId = clientId });

    public async Task<JsonNode> FindAsync(string clientId) => (await TryFindAsync(clientId)).Good;

    public Task<CcxtReply> TryCancelAsync(string clientId) => TryAsync("cancelOrder", null, Symbol, new { clientOrderId = clientId });

    public async Task<FakeLedger> LedgerAsync() => (await exchange.LedgerAsync()).OfAccount(key.Account);

    public Task<Dictionary<string, FakeBalance>> BalancesAsync() => exchange.BalancesAsync(key.Account);
}
