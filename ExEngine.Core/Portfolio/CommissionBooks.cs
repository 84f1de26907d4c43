using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>
/// Fees that were paid in a third asset (BNB): as long as coins that no position holds pay them, nothing is booked. Those that had to be
/// paid with a position's coins leave it, for nothing: what they had cost is a loss.
/// </summary>
public sealed class CommissionBooks(BookEntries entries)
{
    /// <summary>Into the caller's transaction.</summary>
    /// <param name="missing">In the asset: what the exchange has less than the positions say.</param>
    /// <returns>In the asset: what of it is explained by such fees and is booked now.</returns>
    public async Task<decimal> BookAsync(AppDb db, Guid accountId, string asset, decimal missing, CancellationToken cancellationToken)
    {
        var (@base, quote) = (asset + "/", "/" + asset);
        var left = Math.Min(missing, await OwedAsync(db, accountId, asset, @base, quote, cancellationToken));
        if (left <= 0)
        {
            return 0;
        }

        var ids = await db
            .Positions.AsNoTracking()
            .Where(p => p.AccountId == accountId && p.Base == asset)
            .Select(p => new { p.Id, p.Quantity })
            .ToListAsync(cancellationToken);
        var booked = 0m;
        foreach (var id in ids.OrderByDescending(p => p.Quantity).ThenBy(p => p.Id).Select(p => p.Id))
        {
            if (left <= 0 || await PositionRows.LockAsync(db, id, cancellationToken) is not { Quantity: > 0 } position)
            {
                continue;
            }

            var quantity = Math.Min(left, position.Quantity);
            entries.Add(db, position, FillKind.Commission, OrderSide.Sell, quantity, cost: 0);
            (left, booked) = (left - quantity, booked + quantity);
        }

        return booked;
    }

    // Paid in the asset by trades of other markets, less what was booked of it before. Sums are made here: SQLite keeps decimals as text.
    private static async Task<decimal> OwedAsync(
        AppDb db,
        Guid accountId,
        string asset,
        string @base,
        string quote,
        CancellationToken cancellationToken
    )
    {
        var fills = db.Fills.AsNoTracking().Where(f => f.AccountId == accountId);
        var paid = await fills
            .Where(f => f.FeeAsset == asset && !f.Symbol.StartsWith(@base) && !f.Symbol.EndsWith(quote))
            .Select(f => f.Fee)
            .ToListAsync(cancellationToken);
        var booked = await fills
            .Where(f => f.Kind == FillKind.Commission && f.Symbol.StartsWith(@base))
            .Select(f => f.Quantity)
            .ToListAsync(cancellationToken);
        return paid.Sum() - booked.Sum();
    }
}
