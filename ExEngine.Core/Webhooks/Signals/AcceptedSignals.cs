using ExEngine.Core.Data;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Counts signals for the risk limit on their number.</summary>
public static class AcceptedSignals
{
    /// <inheritdoc cref="SignalCount"/>
    public static async Task<int> CountAsync(
        AppDb db,
        RiskSetting setting,
        Guid? signalId,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var judged = await db
            .Signals.Where(s => s.Id == signalId)
            .Select(s => (DateTime?)s.ReceivedAt)
            .SingleOrDefaultAsync(cancellationToken);
        var (last, tie) = (judged ?? now, judged is null ? Guid.AllBitsSet : signalId!.Value);
        var since = last - TimeSpan.FromMinutes(1);
        // An id is made after its signal was received, within the clocks' slack, and begins with that time: the range is one of the index.
        var (lowest, highest) = (SequentialIds.LowestAt(since), SequentialIds.LowestAt(last, SequentialIds.ClockSlack));
        var signals = db.Signals.Where(s =>
            s.UserId == setting.UserId
            && s.Id.CompareTo(lowest) >= 0
            && s.Id.CompareTo(highest) < 0
            && s.ReceivedAt > since
            && (s.ReceivedAt < last || (s.ReceivedAt == last && s.Id.CompareTo(tie) <= 0))
            && s.Status != SignalStatus.Refused
            && s.Status != SignalStatus.Stale
        );
        return setting.Scope switch
        {
            RiskScope.User => await signals.CountAsync(cancellationToken),
            RiskScope.Account => await signals.CountAsync(s => s.AccountId == setting.ScopeId, cancellationToken),
            _ => await signals.CountAsync(s => s.WebhookId == setting.ScopeId, cancellationToken),
        };
    }
}
