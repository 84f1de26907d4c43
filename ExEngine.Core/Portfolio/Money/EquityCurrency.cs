using ExEngine.Core.Data;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>The reporting currency of a user: the one that limits are in.</summary>
public static class EquityCurrency
{
    public static async Task<string> OfAsync(AppDb db, Guid userId, CancellationToken cancellationToken) =>
        await db
            .RiskSettings.AsNoTracking()
            .Where(r => r.ScopeId == userId && r.UserId == userId)
            .Select(r => r.Currency)
            .SingleOrDefaultAsync(cancellationToken)
        ?? RiskSetting.DefaultCurrency;
}
