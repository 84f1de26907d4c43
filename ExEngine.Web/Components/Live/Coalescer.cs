namespace ExEngine.Web.Components.Live;

/// <summary>
/// Turns any number of <see cref="Request"/>s into few runs of one piece of work: the first at once, the next not before
/// <paramref name="pause"/> after the former ended, never two at a time, and always one after the last request.
/// Thread-safe.
/// </summary>
public sealed class Coalescer(TimeProvider time, TimeSpan pause, Func<Task> work) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private State _state;
    private bool _again;

    private enum State
    {
        Idle,
        Running,
        Pausing,
        Ended,
    }

    /// <summary>Returns at once; the work runs on the thread pool.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_state != State.Idle)
            {
                _again = true;
                return;
            }

            _state = State.Running;
        }

        _ = Task.Run(RunAsync);
    }

    /// <summary>No run starts after this; one that is under way ends by itself.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _state = State.Ended;
            _timer?.Dispose();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await work();
        }
        finally
        {
            lock (_lock)
            {
                if (_state != State.Ended)
                {
                    _state = State.Pausing;
                    _timer ??= time.CreateTimer(_ => EndPause(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    _timer.Change(pause, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private void EndPause()
    {
        lock (_lock)
        {
            if (_state != State.Pausing)
            {
                return;
            }

            _state = _again ? State.Running : State.Idle;
            if (!_again)
            {
                return;
            }

            _again = false;
        }

        _ = Task.Run(RunAsync);
    }
}
