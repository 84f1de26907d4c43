using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>The last known rules in the database, for the time after a restart and during an outage.</summary>
public sealed class MarketSnapshotStore(IDbContextFactory<AppDb> databases)
{
    /// <param name="newerThan">UTC; rules of this instant and older are not wanted. Null: any.</param>
    public async Task<MarketSet?> ReadAsync(string exchange, DateTime? newerThan, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db
            .MarketSnapshots.AsNoTracking()
            .FirstOrDefaultAsync(s => s.Exchange == exchange && (newerThan == null || s.FetchedAt > newerThan), cancellationToken);
        if (row is null)
        {
            return null;
        }

        var rules = CcxtMarketParser.Parse(row.Json);
        return new MarketSet(exchange, rules.Markets, row.FetchedAt, false) { Missing = rules.Missing };
    }

    /// <param name="json">What <paramref name="marketSet"/> was read from.</param>
    public async Task KeepAsync(MarketSet marketSet, string json, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await ReplaceAsync(db, marketSet, json, cancellationToken) > 0)
        {
            return;
        }

        db.MarketSnapshots.Add(
            new MarketSnapshot
            {
                Exchange = marketSet.Exchange,
                Json = json,
                FetchedAt = marketSet.FetchedAt,
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another instance was first.
            await ReplaceAsync(db, marketSet, json, cancellationToken);
        }
    }

    private static Task<int> ReplaceAsync(AppDb db, MarketSet marketSet, string json, CancellationToken cancellationToken) =>
        db
            .MarketSnapshots.Where(s => s.Exchange == marketSet.Exchange)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Json, json).SetProperty(s => s.FetchedAt, marketSet.FetchedAt),
                cancellationToken
            );
}
