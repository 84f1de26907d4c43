namespace ExEngine.Core.Hosting;

/// <summary>Wakes one waiter; rings while nobody waits are remembered as one. Thread-safe.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring()
    {
        lock (_lock)
        {
            _rung.TrySetResult();
        }
    }

    /// <summary>Returns when it is rung, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task rung;
        lock (_lock)
        {
            rung = _rung.Task;
        }

        if (!rung.IsCompleted && longest > TimeSpan.Zero)
        {
            try
            {
                await rung.WaitAsync(longest, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_rung.Task.IsCompleted)
            {
                _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
