using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Orders;

/// <summary>Section <c>Execution</c>: how orders are sent, asked about and given up.</summary>
public sealed class ExecutionOptions
{
    /// <summary>False: this instance takes alerts and shows pages, and sends no orders. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// An account belongs to one instance for this long, which renews it at a third; a dead instance's accounts are taken over
    /// afterwards. 1 s to 5 min; default: 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often accounts with work are looked for, besides hints. 50 ms to 1 min; default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often resting orders are asked about, besides when the exchange's own stream says so. 100 ms to 1 min; default: 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan OrderPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A signal or order that was not sent within this time is not sent late; for what sells what is held see
    /// <see cref="ExitTimeToLive"/>. 1 s to 1 h; default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long an exit or a close is wanted: through outages, refusals and orders whose fate is not known. 1 min to 30 days; default: 1
    /// day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ExitTimeToLive { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// From the commit of SUBMITTING, a request must be signed within this time or is not sent. 100 ms to 5 s; default: 4 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    public TimeSpan SendWithin { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Before this time since it was sent, an order that is not found may still appear: <see cref="SendWithin"/>, the exchange's
    /// receive window (5 s), its matching engine (10 s) and a margin. 500 ms to 5 min; default: 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan AbsenceHorizon { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Two looks that did not find an order count as two only when they are this far apart. 100 ms to 1 min; default: 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AbsenceGap { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An order that stays unknown for this long needs a person; it is still asked about. 1 s to 1 day; default: 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan OperatorAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A failure that lasts this long is an alarm: an exit that is not done, trades that are not told, an exchange that does not answer.
    /// 1 s to 1 h; default: 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AlarmAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its end a cancelled or expired order may still get a fill. 100 ms to 1 h; default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan LateFills { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>An account with nothing to do is given back after this time. 1 s to 1 day; default: 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeepIdle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For tests of crashes: the process kills itself at this named point of the path (see <c>Failpoint</c>), at the n-th time that
    /// it is reached when written as <c>name:n</c>; or at the one that a file names later, written as <c>@/path</c>. Default: none.
    /// </summary>
    public string? DangerousFailpoint { get; set; }
}
