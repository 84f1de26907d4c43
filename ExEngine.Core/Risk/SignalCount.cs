using ExEngine.Core.Data;

namespace ExEngine.Core.Risk;

/// <summary>
/// Counts the accepted signals of a setting's scope in the minute that ends with one of them, that one included: a signal that came
/// later never counts against it, however late it is judged. Orders know no signals: whoever has them registers it.
/// </summary>
/// <param name="signalId">The signal that is judged; null for what no signal asks for, and then the minute ends <paramref
/// name="now"/>.</param>
/// <param name="now">UTC.</param>
public delegate Task<int> SignalCount(AppDb db, RiskSetting setting, Guid? signalId, DateTime now, CancellationToken cancellationToken);
