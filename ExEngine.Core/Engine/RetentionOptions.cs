using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Engine;

/// <summary>
/// Section <c>Retention</c>: how long is kept what money does not need. Orders, fills, positions and the signals behind them stay for ever.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>Days that refused and stale signals are kept. 1 to 3650; default: 90.</summary>
    [Range(1, 3650)]
    public int RefusedSignalDays { get; set; } = 90;

    /// <summary>Days that the message of a signal is kept as it came; what was read of it stays. 1 to 3650; default: 365.</summary>
    [Range(1, 3650)]
    public int PayloadDays { get; set; } = 365;

    /// <summary>Days that the steps of an order that has ended are kept. 1 to 3650; default: 365.</summary>
    [Range(1, 3650)]
    public int TransitionDays { get; set; } = 365;

    /// <summary>Days that counts of refused requests, and alarms and sessions that have ended, are kept. 1 to 3650; default: 90.</summary>
    [Range(1, 3650)]
    public int TraceDays { get; set; } = 90;
}
