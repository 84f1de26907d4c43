using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Reads what paper accounts hold.</summary>
internal static class PaperBalances
{
    /// <summary>By asset, without those that are zero; of an account that was never used, what it starts with.</summary>
    public static async Task<IReadOnlyList<AssetBalance>> ReadAsync(AppDb db, ExchangeAccount account, CancellationToken cancellationToken)
    {
        var rows = await db.PaperHoldings.AsNoTracking().Where(h => h.AccountId == account.Id).ToListAsync(cancellationToken);
        var isOpen = rows.Count > 0 || await db.PaperLedgers.AnyAsync(l => l.AccountId == account.Id, cancellationToken);
        var balances = isOpen
            ? rows.Select(h => new AssetBalance(h.Asset, IncrementMath.Shortest(h.Free), IncrementMath.Shortest(h.Used)))
            : AccountBalances.Amounts(account).Select(b => new AssetBalance(b.Asset, b.Amount, 0));
        return [.. balances.Where(b => b.Total != 0).OrderBy(b => b.Asset, StringComparer.Ordinal)];
    }
}
