using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks;

/// <summary>Reads what came through the webhooks of a user, for any number of webhooks in one query.</summary>
public sealed class WebhookActivity(IDbContextFactory<AppDb> databases, TimeProvider time)
{
    /// <param name="webhookId">One webhook, or null for all of the user's.</param>
    public async Task<IReadOnlyDictionary<Guid, WebhookToday>> TodayAsync(Guid userId, Guid? webhookId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var today = time.GetUtcNow().UtcDateTime.Date;
        return await Query(db, userId, webhookId, today).ToDictionaryAsync(t => t.WebhookId, cancellationToken);
    }

    /// <summary>Why a webhook of the user refused senders, today and yesterday; the last one first.</summary>
    public async Task<IReadOnlyList<AuthFailureCount>> FailuresAsync(Guid userId, Guid webhookId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
        return await db
            .AuthFailureCounts.AsNoTracking()
            .Where(c => c.WebhookId == webhookId && c.Day >= day && db.Webhooks.Any(w => w.Id == webhookId && w.UserId == userId))
            .OrderByDescending(c => c.LastAt)
            .ToListAsync(cancellationToken);
    }

    public static IQueryable<AccountUse> AccountUses(AppDb db, Guid userId) =>
        db
            .Webhooks.Where(w => w.UserId == userId && w.DeletedAt == null)
            .Select(w => new AccountUse
            {
                AccountId = w.AccountId,
                Kind = "webhook",
                Id = w.Id,
                Name = w.Name,
            });

    /// <summary>A webhook of the user, for states and limits of its own.</summary>
    public static Task<bool> IsRiskScopeAsync(AppDb db, Guid userId, RiskScope scope, Guid id, CancellationToken cancellationToken) =>
        scope == RiskScope.Webhook
            ? db.Webhooks.AnyAsync(w => w.Id == id && w.UserId == userId && w.DeletedAt == null, cancellationToken)
            : Task.FromResult(false);

    /// <summary>Whose positions a webhook's orders change.</summary>
    public static async Task<Guid> OwnerAsync(AppDb db, Guid webhookId, CancellationToken cancellationToken) =>
        await db.Webhooks.Where(w => w.Id == webhookId).Select(w => w.TradesWithId).SingleOrDefaultAsync(cancellationToken) ?? webhookId;

    // The ids of signals begin with their time, so today's are a range of the index over user and id. Only a webhook that was
    // silent today asks for its last signal by itself. Refused ones have no dedupe key, and so are few in the index over it.
    private static IQueryable<WebhookToday> Query(AppDb db, Guid userId, Guid? webhookId, DateTime today)
    {
        var (first, day) = (SequentialIds.LowestAt(today), DateOnly.FromDateTime(today));
        var signals =
            from s in db.Signals
            where s.UserId == userId && s.Id.CompareTo(first) >= 0
            group s by s.WebhookId into g
            select new
            {
                WebhookId = g.Key,
                Checked = g.Count(s => s.Status == SignalStatus.Accepted),
                Working = g.Count(s => s.Status == SignalStatus.Planned),
                Done = g.Count(s => s.Status == SignalStatus.Done),
                Refused = g.Count(s => s.Status == SignalStatus.Refused),
                TooOld = g.Count(s => s.Status == SignalStatus.Stale),
                Failed = g.Count(s => s.Status == SignalStatus.Failed),
                Last = (DateTime?)g.Max(s => s.ReceivedAt),
                LastRefused = g.Max(s => s.Status == SignalStatus.Refused ? (DateTime?)s.ReceivedAt : null),
            };
        var rows =
            from w in db.Webhooks
            where w.UserId == userId && w.DeletedAt == null && (webhookId == null || w.Id == webhookId)
            join s in signals on w.Id equals s.WebhookId into ofToday
            from s in ofToday.DefaultIfEmpty()
            join c in db.RejectedRequestCounts.Where(c => c.Day == day) on w.Id equals c.WebhookId into turnedAway
            from c in turnedAway.DefaultIfEmpty()
            select new WebhookToday
            {
                WebhookId = w.Id,
                Checked = (int?)s.Checked ?? 0,
                Working = (int?)s.Working ?? 0,
                Done = (int?)s.Done ?? 0,
                RefusedOnly = (int?)s.Refused ?? 0,
                TooOld = (int?)s.TooOld ?? 0,
                Failed = (int?)s.Failed ?? 0,
                TurnedAway = ((long?)c.Unauthenticated ?? 0) + ((long?)c.RateLimited ?? 0),
                Duplicates = (long?)c.Duplicates ?? 0,
                LastReceivedAt =
                    s.Last
                    ?? db.Signals.Where(x => x.WebhookId == w.Id)
                        .OrderByDescending(x => x.Id)
                        .Select(x => (DateTime?)x.ReceivedAt)
                        .FirstOrDefault(),
                LastRefusedAt =
                    s.LastRefused
                    ?? db.Signals.Where(x => x.WebhookId == w.Id && x.DedupeKey == null && x.Status == SignalStatus.Refused)
                        .OrderByDescending(x => x.Id)
                        .Select(x => (DateTime?)x.ReceivedAt)
                        .FirstOrDefault(),
            };
        return rows;
    }
}
