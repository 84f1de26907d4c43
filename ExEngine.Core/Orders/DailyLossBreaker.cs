using ExEngine.Core.Data;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Orders;

/// <summary>
/// Makes user, account and webhook reduce-only until the user's day ends, once what was realised today reached their daily loss: a later
/// profit does not open them again. Works in the transaction that stores the fills, by the last known rates, however old they are.
/// </summary>
public sealed class DailyLossBreaker(RateSource rates, DayBorders borders, ILogger<DailyLossBreaker> logger)
{
    /// <summary>Saves what the transaction holds so far, because the sums are made of rows.</summary>
    /// <param name="order">Whose fills have just been stored.</param>
    /// <returns>The scopes that became reduce-only.</returns>
    public async Task<IReadOnlyList<Guid>> CloseAsync(AppDb db, Order order, DateTime now, CancellationToken cancellationToken)
    {
        var settings = await db
            .RiskSettings.AsNoTracking()
            .Where(r =>
                r.ScopeId == order.UserId
                || (r.MaxDailyLoss != null && (r.ScopeId == order.AccountId || r.ScopeId == order.WebhookId || r.ScopeId == order.OwnerId))
            )
            .ToListAsync(cancellationToken);
        var watched = settings.Where(s => s.MaxDailyLoss is not null && !(s.ReduceOnlyUntil > now)).ToList();
        if (watched.Count == 0)
        {
            return [];
        }

        await db.SaveChangesAsync(cancellationToken);
        var book = rates.LastKnown(RiskSetting.CurrencyOf(settings));
        var day = await borders.DayAsync(db, order.UserId, now, cancellationToken);
        var closed = new List<Guid>();
        foreach (var setting in watched)
        {
            var amounts = await RiskRows.RealizedAsync(db, setting, day.Begin, cancellationToken);
            if (RiskLimits.ReduceOnlyUntil(setting, RiskValuation.RealizedAsFarAsKnown(amounts, book), day.End) is { } until)
            {
                await db
                    .RiskSettings.Where(r => r.ScopeId == setting.ScopeId)
                    .ExecuteUpdateAsync(s => s.SetProperty(r => r.ReduceOnlyUntil, until), cancellationToken);
                closed.Add(setting.ScopeId);
            }
        }

        Tell(order, book);
        return closed;
    }

    // The next order that is planned is judged with fresh rates, or refused without them.
    private void Tell(Order order, RateBook book)
    {
        if (book.Missing is { } missing)
        {
            logger.LogWarning(
                "Daily loss of user {User}: without what was realised in other quotes, because these prices were never heard: {Prices}",
                order.UserId,
                string.Join(
                    ", ",
                    missing
                        .Symbols.Select(s => $"{s.Exchange} {s.Symbol}")
                        .Concat(missing.Assets.Concat(missing.Impossible).Select(a => $"{a.Exchange} {a.Asset} in {book.Currency}"))
                )
            );
        }
    }
}
