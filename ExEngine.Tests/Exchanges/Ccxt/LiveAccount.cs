using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>A live account at the fake exchange, opened by the application's own pool.</summary>
public sealed class LiveAccount(ExchangeApp app, FakeKey key, IExchange exchange)
{
    private int _ids;

    public FakeKey Key => key;
    public IExchange Exchange => exchange;

    public static async Task<LiveAccount> OpenAsync(
        ExchangeApp app,
        FakeKeyRights? rights = null,
        params (string Asset, decimal Amount)[] balances
    )
    {
        var key = await app.Exchange.CreateAccountAsync(balances.ToDictionary(b => b.Asset, b => b.Amount), rights);
        return new LiveAccount(app, key, app.App.Get<ExchangeFactory>().Of(Row(app.App, key)));
    }

    /// <summary>A row as <c>AccountService</c> would store it.</summary>
    public static ExchangeAccount Row(AppFactory app, FakeKey key)
    {
        var (id, user) = (Guid.NewGuid(), Guid.NewGuid());
        string Seal(string field, string secret) =>
            app.Get<SecretSealer>().Seal(new SecretPlace(nameof(ExchangeAccount), user, id, field), secret);
        return new()
        {
            Id = id,
            UserId = user,
            Name = key.Account,
            NormalizedName = key.Account.ToUpperInvariant(),
            Exchange = "binance",
            Mode = AccountMode.Live,
            ApiKeySealed = Seal("ApiKey", key.Key),
            SecretSealed = Seal("Secret", key.Secret),
        };
    }

    /// <summary>As derived ones are: 32 hexadecimal digits.</summary>
    public string NewId() => $"{(uint)key.Account.GetHashCode(StringComparison.Ordinal):x8}{Interlocked.Increment(ref _ids):x24}";

    public async Task<ValidatedOrder> TicketAsync(string symbol, OrderDraft draft)
    {
        var market = (await app.BinanceAsync()).Resolve(symbol).Market.ShouldNotBeNull();
        var verdict = OrderValidator.Check(draft, market, null);
        return verdict.Order ?? throw new InvalidOperationException(verdict.Refusal!.ToString());
    }

    public async Task<ExchangeResult<ExchangeOrder>> PlaceAsync(string symbol, OrderDraft draft, string id, TimeSpan? patience = null) =>
        await exchange.PlaceAsync(
            await TicketAsync(symbol, draft),
            id,
            app.Clock.GetUtcNow().UtcDateTime + (patience ?? TimeSpan.FromSeconds(10)),
            CancellationToken.None
        );

    public Task<ExchangeResult<ExchangeOrder>> BuyAsync(string symbol, decimal quantity, decimal? price = null, string? id = null) =>
        PlaceAsync(symbol, Draft(OrderSide.Buy, quantity, price), id ?? NewId());

    public static OrderDraft Draft(OrderSide side, decimal quantity, decimal? price = null) =>
        new()
        {
            Side = side,
            Type = price is null ? OrderType.Market : OrderType.Limit,
            Quantity = quantity,
            Price = price,
        };

    public async Task<FakeLedger> LedgerAsync() => (await app.Exchange.LedgerAsync()).OfAccount(key.Account);
}
