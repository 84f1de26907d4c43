using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>A signal that is being planned.</summary>
internal sealed class SignalSubject(SignalCompletion ending) : PlanSubject
{
    public override async Task<bool> AdvanceAsync(AppDb db, PlanEnd? end, string? note, CancellationToken cancellationToken)
    {
        var due = db.Signals.Where(s => s.Id == OriginId && s.DueAt != null);
        if (end is null)
        {
            return await due.ExecuteUpdateAsync(
                    s => s.SetProperty(x => x.Status, SignalStatus.Planned).SetProperty(x => x.Reason, x => note ?? x.Reason),
                    cancellationToken
                ) == 1;
        }

        if (end.Code is null && HasOrderUnderWay(db))
        {
            MoveOn(db, end.Reason);
            return true;
        }

        await db.SaveChangesAsync(cancellationToken);
        var isRefused = end.Code is not null && !await db.Orders.AnyAsync(o => o.OriginId == OriginId, cancellationToken);
        var status = isRefused ? (end.Code == PlanExecutor.Expired ? SignalStatus.Stale : SignalStatus.Refused) : SignalStatus.Planned;
        var written = await due.ExecuteUpdateAsync(
            s =>
                s.SetProperty(x => x.Status, status)
                    .SetProperty(x => x.DueAt, (DateTime?)null)
                    .SetProperty(x => x.Code, x => end.Code ?? x.Code)
                    .SetProperty(x => x.Reason, x => end.Reason ?? x.Reason),
            cancellationToken
        );

        if (!isRefused && !HasOrderUnderWay(db))
        {
            await ending.EndAsync(db, OriginId, cancellationToken);
        }

        return written == 1;
    }

    private bool HasOrderUnderWay(AppDb db) => db.Orders.Local.Any(o => o.OriginId == OriginId && o.FinishedAt is null);

    // The row goes to the database together with the order's, which saves a round trip; a row that is gone fails the commit as a race.
    private void MoveOn(AppDb db, string? note)
    {
        var row = new Signal
        {
            Id = OriginId,
            DueAt = ExpiresAt,
            Preset = "",
            Payload = "",
            Detail = "",
            SourceIp = "",
            RequestId = "",
        };
        db.Attach(row);
        (row.Status, row.DueAt) = (SignalStatus.Planned, null);
        if (note is not null)
        {
            row.Reason = note;
        }
    }
}
