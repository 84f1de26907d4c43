using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>Says what became of a signal once its planning is over and all its orders have ended.</summary>
public sealed class SignalCompletion
{
    /// <summary>Saves what is pending in <paramref name="db"/>, and writes the signal's end when it has come.</summary>
    public async Task EndAsync(AppDb db, Guid signalId, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        var orders = await db
            .Orders.AsNoTracking()
            .Where(o => o.OriginId == signalId && o.Origin == OrderOrigin.Signal)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);
        if (orders.Exists(o => o.FinishedAt is null))
        {
            return;
        }

        var (status, code, reason) = End(orders);
        await db
            .Signals.Where(s =>
                s.Id == signalId && s.DueAt == null && (s.Status == SignalStatus.Accepted || s.Status == SignalStatus.Planned)
            )
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(x => x.Status, status)
                        .SetProperty(x => x.Code, x => code ?? x.Code)
                        .SetProperty(x => x.Reason, x => reason ?? x.Reason),
                cancellationToken
            );
    }

    /// <summary>The order whose end ended the signal goes on after all: what was said of the signal is not its end.</summary>
    public static Task ReopenAsync(AppDb db, Guid signalId, CancellationToken cancellationToken) =>
        db
            .Signals.Where(s => s.Id == signalId && s.DueAt == null && (s.Status == SignalStatus.Done || s.Status == SignalStatus.Failed))
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(x => x.Status, SignalStatus.Planned)
                        .SetProperty(x => x.Code, (string?)null)
                        .SetProperty(x => x.Reason, (string?)null),
                cancellationToken
            );

    private static (SignalStatus Status, string? Code, string? Reason) End(List<Order> orders)
    {
        // A leg that was proven absent and sent again, or was changed, counts by its last generation, and by what any of them bought.
        var legs = orders.GroupBy(o => o.Leg).Select(g => g.MaxBy(o => o.Generation)!).ToList();

        // Of several exits the last one tells how it ended: the refused ones before it were followed.
        var failed = legs.Find(o =>
            !orders.Exists(x => x.Leg == o.Leg && x.FilledQuantity > 0)
            && o.Status is OrderStatus.Rejected or OrderStatus.Denied or OrderStatus.NotPlaced
            && !legs.Exists(l => ExitLegs.IsExit(o.Leg) && ExitLegs.IsExit(l.Leg) && ExitLegs.Number(l.Leg) > ExitLegs.Number(o.Leg))
        );
        if (failed is not null)
        {
            return (SignalStatus.Failed, failed.Code, failed.Reason);
        }

        return orders.Exists(o => o.FilledQuantity > 0) || legs.Count == 0
            ? (SignalStatus.Done, null, null)
            : (SignalStatus.Done, null, "Its order ended before anything was filled.");
    }
}
