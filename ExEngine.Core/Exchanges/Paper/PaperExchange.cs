using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>The built-in outside world of one account: its own book, balances and trades, in the database.</summary>
public sealed class PaperExchange(
    ExchangeAccount account,
    PaperVenue venue,
    PriceFeed prices,
    ChangeFeed feed,
    IDbContextFactory<AppDb> databases
) : IExchange
{
    private static readonly KeyRights Rights = new(Trade: true, Withdraw: false, Transfer: false, IpRestricted: true);

    public Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ValidatedOrder order,
        string clientId,
        DateTime deadline,
        CancellationToken cancellationToken
    ) => venue.PlaceAsync(account, order, clientId, deadline, cancellationToken);

    public Task<ExchangeResult<ExchangeOrder>> CancelAsync(OrderName order, CancellationToken cancellationToken) =>
        venue.CancelAsync(account, order, cancellationToken);

    public Task<ExchangeResult<ExchangeOrder?>> FindAsync(OrderName order, CancellationToken cancellationToken) =>
        databases.ReadAsync(
            async db => await RowAsync(db, order, cancellationToken) is { } row ? PaperViews.Of(row) : null,
            cancellationToken
        );

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
        OrdersAsync(o => o.Where(r => r.Status == ExchangeOrderStatus.Open && (symbol == null || r.Symbol == symbol)), cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> RecentOrdersAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    ) => OrdersAsync(o => o.Where(r => r.Symbol == symbol && r.CreatedAt >= since), cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    ) =>
        databases.ReadAsync(
            db => TradesAsync(db, t => t.Where(r => r.Symbol == symbol && r.At >= since), cancellationToken),
            cancellationToken
        );

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesOfAsync(
        OrderName order,
        DateTime since,
        CancellationToken cancellationToken
    ) =>
        databases.ReadAsync(
            async db =>
                await RowAsync(db, order, cancellationToken) is { Number: var number }
                    ? await TradesAsync(db, t => t.Where(r => r.OrderNumber == number && r.At >= since), cancellationToken)
                    : [],
            cancellationToken
        );

    public Task<ExchangeResult<IReadOnlyList<AssetBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        databases.ReadAsync(db => PaperBalances.ReadAsync(db, account, cancellationToken), cancellationToken);

    public async Task<ExchangeResult<Ticker>> TickerAsync(string symbol, CancellationToken cancellationToken) =>
        await prices.GetAsync(account.Exchange, symbol, cancellationToken) is { } ticker
            ? ExchangeResult.Done(ticker)
            : ExchangeResult.NotExecuted<Ticker>(PaperFaults.NoPrice(symbol));

    public Task<ExchangeResult<KeyRights>> KeyRightsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ExchangeResult.Done(Rights));

    public Task<ExchangeResult<TimeSpan>> ClockDriftAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ExchangeResult.Done(TimeSpan.Zero));

    /// <summary>Fills of orders that rested, by whichever instance; what this one does itself is in its answers.</summary>
    public async IAsyncEnumerable<string> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var hearing = feed.Subscribe(account.UserId, TakeNote);
        await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }

        void TakeNote(ChangeEvent e)
        {
            if (e.Kind == ChangeKind.ExchangeAccount && e.Id == account.Id)
            {
                changes.Writer.TryWrite("");
            }
        }
    }

    // A client id may come again once its order is closed; the last one is meant.
    private Task<PaperOrder?> RowAsync(AppDb db, OrderName order, CancellationToken cancellationToken) =>
        db
            .PaperOrders.AsNoTracking()
            .Where(o => o.AccountId == account.Id)
            .Named(order)
            .OrderByDescending(o => o.Number)
            .FirstOrDefaultAsync(cancellationToken);

    private Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OrdersAsync(
        Func<IQueryable<PaperOrder>, IQueryable<PaperOrder>> which,
        CancellationToken cancellationToken
    ) =>
        databases.ReadAsync<IReadOnlyList<ExchangeOrder>>(
            async db =>
            {
                var rows = await which(db.PaperOrders.AsNoTracking().Where(o => o.AccountId == account.Id))
                    .OrderBy(o => o.Number)
                    .ToListAsync(cancellationToken);
                return [.. rows.Select(r => PaperViews.Of(r))];
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<ExchangeTrade>> TradesAsync(
        AppDb db,
        Func<IQueryable<PaperTrade>, IQueryable<PaperTrade>> which,
        CancellationToken cancellationToken
    )
    {
        var rows = await which(db.PaperTrades.AsNoTracking().Where(t => t.AccountId == account.Id))
            .OrderBy(t => t.Number)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(PaperViews.Of)];
    }
}
