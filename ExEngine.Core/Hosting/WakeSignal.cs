namespace ExEngine.Core.Hosting;

/// <summary>Wakes one waiter, as an auto-reset event does; what is set while nobody waits is remembered once. Thread-safe.</summary>
internal sealed class WakeSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set()
    {
        lock (_lock)
        {
            _set.TrySetResult();
        }
    }

    /// <summary>Returns when it is set, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task set;
        lock (_lock)
        {
            set = _set.Task;
        }

        if (!set.IsCompleted && longest > TimeSpan.Zero)
        {
            try
            {
                await set.WaitAsync(longest, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_set.Task.IsCompleted)
            {
                _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
