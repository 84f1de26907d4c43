using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// Where paper accounts trade: each act is one transaction that holds the account's ledger, so that every instance may
/// call it for every account at any time.
/// </summary>
public sealed class PaperVenue(
    IDbContextFactory<AppDb> databases,
    MarketCatalog markets,
    PriceFeed prices,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<PaperOptions> options,
    IEnumerable<AccountUseQuery> uses
)
{
    /// <summary>An order was stored that waits for its price. Handlers must only take note.</summary>
    public event Action<PaperOrder>? Rested;

    public async Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ExchangeAccount account,
        ValidatedOrder validated,
        string clientId,
        DateTime deadline,
        CancellationToken cancellationToken
    )
    {
        await DelayAsync(cancellationToken);
        if (await MarketAsync(account.Exchange, validated.Market.Symbol, cancellationToken) is not { } market)
        {
            return ExchangeResult.NotExecuted<ExchangeOrder>(PaperFaults.NoRules(account.Exchange));
        }

        var now = Now();
        if (await prices.GetAsync(account.Exchange, market.Symbol, cancellationToken) is not { } ticker)
        {
            return ExchangeResult.NotExecuted<ExchangeOrder>(PaperFaults.NoPrice(market.Symbol));
        }

        var quote = PaperQuote.Of(ticker, market, options.Value.HalfSpread);
        var (order, fault) = PaperOrders.Of(validated, market, quote, clientId, now);
        if (order is null)
        {
            return ExchangeResult.Refused<ExchangeOrder>(fault!);
        }

        var answer = await databases.WriteAsync(db =>
            AcceptAsync(db, account, order, quote, PaperTerms.Of(market, options.Value), deadline)
        );
        if (answer.Value?.Order is { IsOpen: true } rests)
        {
            Rested?.Invoke(rests);
        }

        return answer.Select(a => PaperViews.Of(a.Order, a.Trade is { } trade ? [PaperViews.Of(trade)] : []));
    }

    public async Task<ExchangeResult<ExchangeOrder>> CancelAsync(
        ExchangeAccount account,
        OrderName name,
        CancellationToken cancellationToken
    )
    {
        await DelayAsync(cancellationToken);
        return await databases.WriteAsync(async db =>
        {
            var ledger = await LockedLedger.FindAsync(db, account.Id);
            var stored = await db
                .PaperOrders.Where(o => o.AccountId == account.Id)
                .Named(name)
                .SingleOrDefaultAsync(o => o.Status == ExchangeOrderStatus.Open);
            if (ledger is null || stored is null)
            {
                return ExchangeResult.Refused<ExchangeOrder>(PaperFaults.OrderUnknown(name));
            }

            var outcome = PaperMatchingEngine.Cancel(stored, ledger.BalancesOf(stored));
            ledger.Write(outcome, stored, Now());
            return ExchangeResult.Done(PaperViews.Of(outcome.Order));
        });
    }

    /// <summary>
    /// Begins anew with what the account starts with: open orders are cancelled, what was traded stays on record. Refuses while the account
    /// holds something by the engine's own books, or will as soon as a trade is entered there.
    /// </summary>
    public async Task<PaperReset> ResetAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        PaperLedger? changed = null;
        IReadOnlyList<AccountUse> held = [];
        var answer = await databases.WriteAsync(async db =>
        {
            if (await LockedLedger.FindAsync(db, account.Id) is { } ledger)
            {
                held = await HeldAsync(db, account);
                if (held.Count > 0)
                {
                    return ExchangeResult.Refused<bool>(PaperFaults.Held);
                }

                await db
                    .PaperOrders.Where(o => o.AccountId == account.Id && o.Status == ExchangeOrderStatus.Open)
                    .ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, ExchangeOrderStatus.Canceled).SetProperty(o => o.Locked, 0m));
                ledger.Start(account);
                changed = ledger.Row;
            }

            return ExchangeResult.Done(true);
        });
        Tell(answer.IsDone ? changed : null);
        return new(
            held,
            answer.IsDone
                ? await databases.ReadAsync(db => PaperBalances.ReadAsync(db, account, cancellationToken), cancellationToken)
                : answer.Select<bool, IReadOnlyList<AssetBalance>>(_ => [])
        );
    }

    // Nothing is traded while the ledger is locked: what was traded before is in the books, or known to be missing there.
    private async Task<IReadOnlyList<AccountUse>> HeldAsync(AppDb db, ExchangeAccount account)
    {
        var found = new List<AccountUse>();
        foreach (var use in uses)
        {
            found.AddRange(await use(db, account.UserId).Where(u => u.AccountId == account.Id).ToListAsync());
        }

        return [.. found.Where(u => u.Kind == AccountUse.Position).DistinctBy(u => u.Name).OrderBy(u => u.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Has the open orders of one account and symbol meet prices, oldest first; each order meets a price once, however many
    /// instances try.
    /// </summary>
    /// <returns>The orders that are still open.</returns>
    internal async Task<ExchangeResult<IReadOnlyList<PaperOrder>>> MatchAsync(Guid accountId, Market market, IReadOnlyList<PaperTick> path)
    {
        PaperLedger? changed = null;
        var answer = await databases.WriteAsync(async db =>
        {
            var left = new List<PaperOrder>();
            if (await LockedLedger.FindAsync(db, accountId) is { } ledger)
            {
                var stored = await db
                    .PaperOrders.OrderBy(o => o.Number)
                    .Where(o => o.AccountId == accountId && o.Symbol == market.Symbol && o.Status == ExchangeOrderStatus.Open)
                    .ToListAsync();
                foreach (var row in stored)
                {
                    var after = Meet(ledger, row, path, PaperTerms.Of(market, options.Value));
                    changed = ReferenceEquals(after, row) ? changed : ledger.Row;
                    left.AddRange(after.IsOpen ? [after] : []);
                }
            }

            return ExchangeResult.Done<IReadOnlyList<PaperOrder>>(left);
        });
        Tell(answer.IsDone ? changed : null);
        return answer;
    }

    private async Task<ExchangeResult<Accepted>> AcceptAsync(
        AppDb db,
        ExchangeAccount account,
        PaperOrder order,
        PaperQuote quote,
        PaperTerms terms,
        DateTime deadline
    )
    {
        var ledger = await LockedLedger.OpenAsync(db, account, order.ClientId, Now());
        var now = Now();
        if (ledger is null)
        {
            return ExchangeResult.Refused<Accepted>(PaperFaults.Closed);
        }

        if (now > deadline)
        {
            return ExchangeResult.NotExecuted<Accepted>(PaperFaults.DeadlineOver(deadline));
        }

        if (ledger.HasOpen)
        {
            return ExchangeResult.Refused<Accepted>(PaperFaults.Duplicate(order.ClientId));
        }

        var outcome = PaperMatchingEngine.Accept(
            order with
            {
                AccountId = account.Id,
                CreatedAt = now,
            },
            ledger.BalancesOf(order),
            quote,
            terms
        );
        if (outcome.Refusal is { } refusal)
        {
            return ExchangeResult.Refused<Accepted>(refusal);
        }

        outcome = outcome with { Order = outcome.Order with { Number = ledger.NextOrder() } };
        return ExchangeResult.Done(new Accepted(outcome.Order, ledger.Write(outcome, null, now)));
    }

    private PaperOrder Meet(LockedLedger ledger, PaperOrder row, IReadOnlyList<PaperTick> path, PaperTerms terms)
    {
        var order = row;
        foreach (var tick in path)
        {
            if (order.IsOpen && tick.At > order.MetUntil && PaperMatchingEngine.Touches(order, tick.Quote, tick.At))
            {
                var outcome = PaperMatchingEngine.Tick(
                    order with
                    {
                        MetUntil = tick.At,
                    },
                    ledger.BalancesOf(order),
                    tick.Quote,
                    terms,
                    tick.At
                );
                ledger.Write(outcome, row, Now());
                order = outcome.Order;
            }
        }

        return order;
    }

    // The lease holder may be any instance, and pages show balances.
    private void Tell(PaperLedger? ledger)
    {
        if (ledger is not null)
        {
            feed.Publish(new ChangeEvent(ledger.UserId, ChangeKind.ExchangeAccount, ledger.AccountId));
        }
    }

    private async Task<Market?> MarketAsync(string exchange, string symbol, CancellationToken cancellationToken) =>
        await markets.FindAsync(exchange, cancellationToken) is { } book
        && book.Resolve(symbol).Market is { } market
        && market.Symbol == symbol
            ? market
            : null;

    private Task DelayAsync(CancellationToken cancellationToken) =>
        options.Value.Latency > TimeSpan.Zero ? Task.Delay(options.Value.Latency, time, cancellationToken) : Task.CompletedTask;

    // Both databases keep microseconds.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private sealed record Accepted(PaperOrder Order, PaperTrade? Trade);
}
