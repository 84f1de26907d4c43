using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Tests.Reconciliation;

/// <summary>An exchange that has lists and counts how often they are read. Nothing can be placed there.</summary>
internal sealed class ListedExchange : IExchange
{
    public List<ExchangeOrder> Recent { get; } = [];
    public List<ExchangeOrder> Older { get; } = [];
    public List<ExchangeTrade> Trades { get; } = [];
    public ExchangeFault? Fault { get; set; }
    public int Readings { get; private set; }

    /// <summary>The answer to a question for open orders, by symbol or null for all of them.</summary>
    public Func<string?, ExchangeResult<IReadOnlyList<ExchangeOrder>>> Open { get; set; } = _ => throw new NotSupportedException();

    /// <summary>The orders that were asked for one by one.</summary>
    public List<string> Asked { get; } = [];

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> RecentOrdersAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        Readings++;
        return Task.FromResult(
            Fault is null
                ? ExchangeResult.Done<IReadOnlyList<ExchangeOrder>>(Recent)
                : ExchangeResult.NotExecuted<IReadOnlyList<ExchangeOrder>>(Fault)
        );
    }

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    ) => Task.FromResult(ExchangeResult.Done<IReadOnlyList<ExchangeTrade>>(Trades));

    public Task<ExchangeResult<ExchangeOrder?>> FindAsync(OrderName order, CancellationToken cancellationToken)
    {
        Asked.Add(order.ClientId);
        return Task.FromResult(ExchangeResult.Done(Older.Find(o => o.ExchangeOrderId == order.ExchangeOrderId)));
    }

    public Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ValidatedOrder ticket,
        string clientId,
        DateTime deadline,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ExchangeResult<ExchangeOrder>> CancelAsync(OrderName order, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
        Task.FromResult(Open(symbol));

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesOfAsync(
        OrderName order,
        DateTime since,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ExchangeResult<IReadOnlyList<AssetBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ExchangeResult<Ticker>> TickerAsync(string symbol, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ExchangeResult<KeyRights>> KeyRightsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExchangeResult<TimeSpan>> ClockDriftAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ChangesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
