using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>The last known rules in the database, for the time after a restart and during an outage.</summary>
public sealed class MarketShelf(IDbContextFactory<AppDb> dbs)
{
    /// <param name="newerThan">UTC; rules of this instant and older are not wanted. Null: any.</param>
    public async Task<MarketBook?> ReadAsync(string exchange, DateTime? newerThan, CancellationToken cancellationToken)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellationToken);
        var row = await db.MarketSnapshots.AsNoTracking()
            .FirstOrDefaultAsync(s => s.Exchange == exchange && (newerThan == null || s.FetchedAt > newerThan), cancellationToken);
        if (row is null)
        {
            return null;
        }

        var rules = CcxtMarketParser.Parse(row.Json);
        return new MarketBook(exchange, rules.Markets, row.FetchedAt, false) { Missing = rules.Missing };
    }

    /// <param name="json">What <paramref name="book"/> was read from.</param>
    public async Task KeepAsync(MarketBook book, string json, CancellationToken cancellationToken)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellationToken);
        if (await ReplaceAsync(db, book, json, cancellationToken) > 0)
        {
            return;
        }

        db.MarketSnapshots.Add(new MarketSnapshot { Exchange = book.Exchange, Json = json, FetchedAt = book.FetchedAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another instance was first.
            await ReplaceAsync(db, book, json, cancellationToken);
        }
    }

    private static Task<int> ReplaceAsync(AppDb db, MarketBook book, string json, CancellationToken cancellationToken) =>
        db.MarketSnapshots.Where(s => s.Exchange == book.Exchange).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Json, json).SetProperty(s => s.FetchedAt, book.FetchedAt), cancellationToken);
}
