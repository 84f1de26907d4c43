using ExEngine.Core.Data;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders;

/// <summary>
/// Makes user, account and webhook reduce-only until midnight UTC once what was realised today reached their daily loss: a later
/// profit does not open them again. Works in the transaction that stores the fills.
/// </summary>
public static class DailyLossBreaker
{
    /// <summary>Saves what the transaction holds so far, because the sums are made of rows.</summary>
    /// <param name="order">Whose fills have just been stored.</param>
    /// <param name="quote">Of the order's market.</param>
    /// <returns>The scopes that became reduce-only.</returns>
    public static async Task<IReadOnlyList<Guid>> CloseAsync(
        AppDb db,
        Order order,
        string quote,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var settings = await db
            .RiskSettings.AsNoTracking()
            .Where(r =>
                r.MaxDailyLoss != null
                && (r.ScopeId == order.UserId || r.ScopeId == order.AccountId || r.ScopeId == order.WebhookId || r.ScopeId == order.OwnerId)
            )
            .ToListAsync(cancellationToken);
        if (settings.Count == 0)
        {
            return [];
        }

        await db.SaveChangesAsync(cancellationToken);
        var closed = new List<Guid>();
        foreach (var setting in settings.Where(s => !(s.ReduceOnlyUntil > now)))
        {
            var realized = await RiskReader.RealizedAsync(db, setting, quote, now.Date, cancellationToken);
            if (RiskLimits.ReduceOnlyUntil(setting, realized, now) is { } until)
            {
                await db
                    .RiskSettings.Where(r => r.ScopeId == setting.ScopeId)
                    .ExecuteUpdateAsync(s => s.SetProperty(r => r.ReduceOnlyUntil, until), cancellationToken);
                closed.Add(setting.ScopeId);
            }
        }

        return closed;
    }
}
