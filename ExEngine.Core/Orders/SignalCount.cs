using ExEngine.Core.Data;

namespace ExEngine.Core.Orders;

/// <summary>Counts the signals that were accepted in a setting's scope since an instant (UTC). Orders know no signals: whoever has them registers it.</summary>
public delegate Task<int> SignalCount(AppDb db, RiskSetting setting, DateTime since, CancellationToken cancellationToken);
