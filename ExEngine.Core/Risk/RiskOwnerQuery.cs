using ExEngine.Core.Data;

namespace ExEngine.Core.Risk;

/// <summary>
/// Whose positions a webhook's orders change: its own, or those of the webhook that it trades together with. Limits know no webhooks:
/// whoever has them registers it.
/// </summary>
public delegate Task<Guid> RiskOwnerQuery(AppDb db, Guid webhookId, CancellationToken cancellationToken);
