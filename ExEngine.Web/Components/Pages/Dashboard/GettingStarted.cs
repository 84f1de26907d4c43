using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Components.Pages.Dashboard;

/// <summary>The first steps of a new user, in order, each told by the rows that it leaves.</summary>
/// <param name="WebhookId">The newest webhook, where alerts can be sent from; null when there is none.</param>
/// <param name="PositionId">One that is held, where a stop can be set; null when nothing is.</param>
public readonly record struct GettingStarted(bool HasAccount, bool HasSignal, bool HasFill, bool HasStop, Guid? WebhookId, Guid? PositionId)
{
    public bool HasWebhook => WebhookId is not null;

    public bool Done => HasAccount && HasWebhook && HasSignal && HasFill && HasStop;

    public static async Task<GettingStarted> ReadAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var webhook = await db
            .Webhooks.Where(w => w.UserId == userId && w.DeletedAt == null)
            .OrderByDescending(w => w.Id)
            .Select(w => (Guid?)w.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var position = await db
            .Positions.Where(p => p.UserId == userId && p.OpenedAt != null)
            .OrderByDescending(p => p.OpenedAt)
            .Select(p => (Guid?)p.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new GettingStarted(
            await db.ExchangeAccounts.AnyAsync(a => a.UserId == userId && a.DeletedAt == null, cancellationToken),
            await db.Signals.AnyAsync(s => s.UserId == userId, cancellationToken),
            await db.Orders.AnyAsync(o => o.UserId == userId && o.FilledQuantity > 0, cancellationToken),
            // Protection ends with its position; the orders that it placed stay.
            await db.Positions.AnyAsync(p => p.UserId == userId && p.Protection != null, cancellationToken)
                || await db.Orders.AnyAsync(o => o.UserId == userId && o.Origin == OrderOrigin.Protection, cancellationToken),
            webhook,
            position
        );
    }
}
