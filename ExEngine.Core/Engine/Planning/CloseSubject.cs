using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>Somebody's wish to close a position, or a share of it.</summary>
internal sealed class CloseSubject(Guid positionId, TimeProvider time) : PlanSubject
{
    public override Guid RowId => positionId;

    public override async Task<bool> AdvanceAsync(AppDb db, PlanEnd? end, string? note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var mine = db.Positions.Where(p => p.Id == positionId && p.CloseRequestId == OriginId);
        return end is null
            ? await mine.AnyAsync(cancellationToken)
            : await mine.ExecuteUpdateAsync(
                s =>
                    s.SetProperty(p => p.CloseRequestId, (Guid?)null)
                        .SetProperty(p => p.CloseShare, (decimal?)null)
                        .SetProperty(p => p.UpdatedAt, now)
                        .SetProperty(p => p.CloseCode, end.Code)
                        .SetProperty(p => p.CloseReason, end.Code == null ? null : end.Reason),
                cancellationToken
            ) == 1;
    }
}
