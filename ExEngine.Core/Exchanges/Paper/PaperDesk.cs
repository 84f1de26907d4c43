using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// Where paper accounts trade: each act is one transaction that holds the account's ledger, so that every instance may
/// call it for every account at any time.
/// </summary>
public sealed class PaperDesk(
    IDbContextFactory<AppDb> dbs, MarketCatalog markets, PriceFeed prices, TimeProvider time, IOptions<PaperOptions> options)
{
    public async Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ExchangeAccount account, OrderTicket ticket, string clientId, DateTime deadline, CancellationToken cancellationToken)
    {
        await DelayAsync(cancellationToken);
        if (await MarketAsync(account.Exchange, ticket.Market.Symbol, cancellationToken) is not { } market)
        {
            return ExchangeResult.NotExecuted<ExchangeOrder>(PaperFaults.NoRules(account.Exchange));
        }

        if (await prices.GetAsync(account.Exchange, market.Symbol, cancellationToken) is not { } ticker)
        {
            return ExchangeResult.NotExecuted<ExchangeOrder>(PaperFaults.NoPrice(market.Symbol));
        }

        var quote = PaperQuote.Of(ticker, market, options.Value.HalfSpread);
        var (order, fault) = PaperOrders.Of(ticket.Draft, market, quote, clientId, Now());
        return fault is null
            ? await dbs.WriteAsync(db => AcceptAsync(db, account, order!, quote, PaperTerms.Of(market, options.Value), deadline))
            : ExchangeResult.Refused<ExchangeOrder>(fault);
    }

    public async Task<ExchangeResult<ExchangeOrder>> CancelAsync(ExchangeAccount account, OrderName name, CancellationToken cancellationToken)
    {
        await DelayAsync(cancellationToken);
        return await dbs.WriteAsync(async db =>
        {
            var number = PaperViews.Number(name.ExchangeOrderId);
            var ledger = await LockedLedger.FindAsync(db, account.Id);
            var stored = await db.PaperOrders.SingleOrDefaultAsync(o => o.AccountId == account.Id && o.Status == ExchangeOrderStatus.Open
                && o.Symbol == name.Symbol && (name.ExchangeOrderId == null ? o.ClientId == name.ClientId : o.Number == number));
            if (ledger is null || stored is null)
            {
                return ExchangeResult.Refused<ExchangeOrder>(PaperFaults.OrderUnknown(name));
            }

            var outcome = PaperBook.Cancel(stored, ledger.PurseOf(stored));
            ledger.Write(outcome, stored, Now());
            return ExchangeResult.Done(PaperViews.Of(outcome.Order));
        });
    }

    private async Task<ExchangeResult<ExchangeOrder>> AcceptAsync(
        AppDb db, ExchangeAccount account, PaperOrder order, PaperQuote quote, PaperTerms terms, DateTime deadline)
    {
        var ledger = await LockedLedger.OpenAsync(db, account, Now());
        var now = Now();
        if (ledger is null)
        {
            return ExchangeResult.Refused<ExchangeOrder>(PaperFaults.Closed);
        }

        if (now > deadline)
        {
            return ExchangeResult.NotExecuted<ExchangeOrder>(PaperFaults.DeadlineOver(deadline));
        }

        if (await db.PaperOrders.AnyAsync(o => o.AccountId == account.Id && o.ClientId == order.ClientId && o.Status == ExchangeOrderStatus.Open))
        {
            return ExchangeResult.Refused<ExchangeOrder>(PaperFaults.Duplicate(order.ClientId));
        }

        var outcome = PaperBook.Accept(order with { AccountId = account.Id, CreatedAt = now }, ledger.PurseOf(order), quote, terms);
        if (outcome.Refusal is { } refusal)
        {
            return ExchangeResult.Refused<ExchangeOrder>(refusal);
        }

        outcome = outcome with { Order = outcome.Order with { Number = ledger.NextOrder() } };
        var trade = ledger.Write(outcome, null, now);
        return ExchangeResult.Done(PaperViews.Of(outcome.Order, trade is null ? [] : [PaperViews.Of(trade)]));
    }

    private async Task<Market?> MarketAsync(string exchange, string symbol, CancellationToken cancellationToken) =>
        await markets.FindAsync(exchange, cancellationToken) is { } book && book.Resolve(symbol).Market is { } market && market.Symbol == symbol ? market : null;

    private Task DelayAsync(CancellationToken cancellationToken) =>
        options.Value.Latency > TimeSpan.Zero ? Task.Delay(options.Value.Latency, time, cancellationToken) : Task.CompletedTask;

    // Both databases keep microseconds.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
