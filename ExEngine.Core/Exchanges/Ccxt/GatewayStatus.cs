namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>How the gateway is, for health and for those who need it now. Safe for all threads.</summary>
public sealed class GatewayStatus(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GatewayReport _report = new(
        GatewayState.Starting,
        "The gateway starts after the application.",
        time.GetUtcNow().UtcDateTime,
        0
    );

    /// <summary>It answers from now on, for the first time or again: what its memory held is gone.</summary>
    public event Action? Started;

    public GatewayReport Report
    {
        get
        {
            lock (_lock)
            {
                return _report;
            }
        }
    }

    /// <summary>Waits while it starts; afterwards it runs, or the report says why not.</summary>
    public async Task<GatewayReport> SettledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task settled;
        lock (_lock)
        {
            settled = _settled.Task;
        }

        try
        {
            await settled.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The report tells.
        }

        return Report;
    }

    internal void Set(GatewayState state, string reason, bool started = false)
    {
        bool begins;
        lock (_lock)
        {
            begins = state == GatewayState.Running && (started || _report.State != state);
            var since = state == _report.State ? _report.Since : time.GetUtcNow().UtcDateTime;
            _report = new(state, reason, since, _report.Starts + (started ? 1 : 0));
            if (state == GatewayState.Starting)
            {
                _settled = _settled.Task.IsCompleted ? new(TaskCreationOptions.RunContinuationsAsynchronously) : _settled;
            }
            else
            {
                _settled.TrySetResult();
            }
        }

        if (begins)
        {
            Started?.Invoke();
        }
    }
}

/// <param name="Reason">One sentence for people: what is so, and what to do.</param>
/// <param name="Since">UTC instant at which the state was entered.</param>
/// <param name="Starts">How many times the process was started.</param>
public sealed record GatewayReport(GatewayState State, string Reason, DateTime Since, int Starts);

public enum GatewayState
{
    Starting,
    Running,

    /// <summary>Node.js or the gateway's packages are not installed.</summary>
    Missing,

    /// <summary>It ends or does not answer, again and again; it is still tried.</summary>
    Failed,

    /// <summary>Switched off by <see cref="GatewayOptions.Enabled"/>.</summary>
    Off,
}
