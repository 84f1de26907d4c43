using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks;

/// <summary>Counts signals for the risk limit on their number.</summary>
public static class AcceptedSignals
{
    public static Task<int> CountAsync(AppDb db, RiskSetting setting, DateTime since, CancellationToken cancellationToken)
    {
        // Ids begin with the time: the range is one of the index.
        var lowest = SequentialIds.LowestAt(since);
        var signals = db.Signals.Where(s => s.UserId == setting.UserId && s.Id.CompareTo(lowest) >= 0
            && s.Status != SignalStatus.Refused && s.Status != SignalStatus.Stale);
        return setting.Scope switch
        {
            RiskScope.User => signals.CountAsync(cancellationToken),
            RiskScope.Account => signals.CountAsync(s => s.AccountId == setting.ScopeId, cancellationToken),
            _ => signals.CountAsync(s => s.WebhookId == setting.ScopeId, cancellationToken),
        };
    }
}
