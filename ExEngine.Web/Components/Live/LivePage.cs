using ExEngine.Core.Events;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ExEngine.Web.Components.Live;

/// <summary>
/// A page that keeps itself current: it hears the user's <see cref="ChangeFeed"/>, reads the database again at most four
/// times a second however much happens, and renders only when what it shows has changed. The feed is a hint that may be
/// lost, so it also looks by itself every <see cref="Heartbeat"/>. A page derives from it, says what it
/// <see cref="Wants"/> and how to <see cref="LoadAsync"/>.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private HashSet<Guid> _changed = [];
    private Coalescer? _refresh;
    private IDisposable? _subscription;
    private ITimer? _heartbeat;

    /// <summary>Time between two looks without any event.</summary>
    protected virtual TimeSpan Heartbeat => TimeSpan.FromSeconds(15);

    /// <summary>Shortest time between two refreshes: four a second.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    /// <summary>Why the last refresh failed, in words for the reader; what is shown is then older than it looks.</summary>
    protected bool RefreshFailed { get; private set; }

    protected Guid UserId { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Ended { get; }

    protected LivePage() => Ended = _ended.Token;

    [Inject]
    protected TimeProvider Clock { get; private set; } = default!;

    [Inject]
    private ChangeFeed Feed { get; set; } = default!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    /// <summary>Called on the publisher's thread: decide by the event alone.</summary>
    protected abstract bool Wants(ChangeEvent e);

    /// <summary>Reads for the first time, or everything again.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads again after events; by default everything.</summary>
    /// <param name="changed">Rows that events named since the last time; with <see cref="Guid.Empty"/> in it, also others.</param>
    /// <returns>Whether anything that is shown has changed.</returns>
    protected virtual async Task<bool> RefreshAsync(IReadOnlySet<Guid> changed)
    {
        await LoadAsync();
        return true;
    }

    protected override async Task OnInitializedAsync()
    {
        UserId = (await Authentication).User.UserId();
        if (RendererInfo.IsInteractive)
        {
            // Heard before it is read: an event in between then costs a second look instead of being lost.
            _refresh = new Coalescer(Clock, Pause, () => InvokeAsync(RefreshNowAsync));
            _subscription = Feed.Subscribe(UserId, Hear);
            _heartbeat = Clock.CreateTimer(_ => RequestRefresh(), null, Heartbeat, Heartbeat);
        }

        await TryAsync(LoadAsync);
    }

    /// <summary>Reads again soon, as if an event had come.</summary>
    protected void RequestRefresh() => _refresh?.Request();

    /// <summary>
    /// Reads away from the circuit, whose only thread of work must stay free for the reader's clicks: SQLite never yields.
    /// </summary>
    protected static Task<T> OffCircuit<T>(Func<Task<T>> read) => Task.Run(read);

    /// <summary>For the retry button of an error.</summary>
    protected Task RetryAsync() => TryAsync(LoadAsync);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _heartbeat?.Dispose();
        _refresh?.Dispose();
        _ended.Cancel();
        _ended.Dispose();
    }

    private void Hear(ChangeEvent e)
    {
        if (!Wants(e))
        {
            return;
        }

        lock (_lock)
        {
            _changed.Add(e.Id);
        }

        RequestRefresh();
    }

    private async Task RefreshNowAsync()
    {
        if (Ended.IsCancellationRequested)
        {
            return;
        }

        HashSet<Guid> changed;
        lock (_lock)
        {
            (changed, _changed) = (_changed, []);
        }

        var failedBefore = RefreshFailed;
        var shown = false;
        await TryAsync(async () => shown = await RefreshAsync(changed));
        if (shown || RefreshFailed != failedBefore)
        {
            StateHasChanged();
        }
    }

    private async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            RefreshFailed = false;
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            // The reader has left.
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            RefreshFailed = true;
            Loggers.CreateLogger(GetType()).LogWarning(e, "Could not read for {Page}", GetType().Name);
        }
    }
}
