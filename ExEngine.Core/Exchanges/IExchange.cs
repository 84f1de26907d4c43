using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// One account at the outside world: CCXT, or paper. It translates and never decides; a call never throws for what the
/// exchange or the network does: every ending is an <see cref="ExchangeResult{T}"/>. Nothing is ever sent twice by it.
/// Implementations are safe for several calls at once.
/// </summary>
public interface IExchange
{
    /// <summary>Sends one order, once.</summary>
    /// <param name="clientId">32 lower-case hexadecimal digits: what the order is found by afterwards.</param>
    /// <param name="deadline">UTC. When it is over before the request is signed, nothing is sent and the answer says so.</param>
    Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ValidatedOrder order,
        string clientId,
        DateTime deadline,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Cancels one order. <see cref="ExchangeOutcome.Done"/> carries the order as it is then, which may be filled;
    /// <see cref="FaultKind.OrderUnknown"/> says that it is not open (any more): look it up.
    /// </summary>
    Task<ExchangeResult<ExchangeOrder>> CancelAsync(OrderName order, CancellationToken cancellationToken);

    /// <summary>The order by its client id (or its exchange id where that is known); a null value says that it is not there now.</summary>
    Task<ExchangeResult<ExchangeOrder?>> FindAsync(OrderName order, CancellationToken cancellationToken);

    /// <summary>All open orders of the account, or of one symbol; foreign ones too.</summary>
    Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellationToken);

    /// <summary>
    /// Orders of a symbol, open and closed, created at or after <paramref name="since"/> (UTC): in every list that the exchange has of
    /// them.
    /// </summary>
    Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> RecentOrdersAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    );

    /// <summary>Trades of a symbol at or after <paramref name="since"/> (UTC), oldest first; foreign ones too.</summary>
    Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesAsync(string symbol, DateTime since, CancellationToken cancellationToken);

    /// <summary>The trades of one order, oldest first.</summary>
    Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesOfAsync(OrderName order, DateTime since, CancellationToken cancellationToken);

    /// <summary>Every asset that is not zero.</summary>
    Task<ExchangeResult<IReadOnlyList<AssetBalance>>> BalancesAsync(CancellationToken cancellationToken);

    Task<ExchangeResult<Ticker>> TickerAsync(string symbol, CancellationToken cancellationToken);

    /// <summary>What the API key may do, as far as the exchange tells.</summary>
    Task<ExchangeResult<KeyRights>> KeyRightsAsync(CancellationToken cancellationToken);

    /// <summary>The exchange's clock minus ours.</summary>
    Task<ExchangeResult<TimeSpan>> ClockDriftAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells that orders or trades of this account changed, as the exchange streams them (symbols; empty text for "some").
    /// Ends when the stream ends or there is none: callers poll in any case.
    /// </summary>
    IAsyncEnumerable<string> ChangesAsync(CancellationToken cancellationToken);
}
