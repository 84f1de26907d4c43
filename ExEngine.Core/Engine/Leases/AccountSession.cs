using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Engine.Leases;

/// <summary>
/// One step of an account while this instance holds its lease. The markets are looked up once, by the first who needs them, so that all of
/// a step goes by the same rules.
/// </summary>
internal sealed class AccountSession(AccountClaim claim, ExchangeAccount account, IExchange exchange, MarketCatalog catalog)
{
    private MarketSet? _markets;

    public AccountClaim Claim => claim;
    public ExchangeAccount Account => account;
    public IExchange Exchange => exchange;
    public Guid Id => account.Id;
    public Guid UserId => account.UserId;

    /// <summary>Null while the rules of the exchange are not at hand.</summary>
    public async ValueTask<MarketSet?> MarketsAsync(CancellationToken cancellationToken) =>
        _markets ??= await catalog.FindAsync(account.Exchange, cancellationToken);

    /// <summary>Null when the symbol has no market, or while the rules of the exchange are not at hand.</summary>
    public async ValueTask<Market?> MarketAsync(string symbol, CancellationToken cancellationToken) =>
        (await MarketsAsync(cancellationToken))?.Resolve(symbol).Market;
}
