namespace ExEngine.Core.Data;

/// <summary>
/// The line of those who write to SQLite all the time. It takes one writer at once and makes the others sleep and try again, up to 100 ms
/// each time and in no order; in line each has its turn as soon as the one before has committed. A hint to be quick, not what
/// keeps writers apart: SQLite does that.
/// </summary>
public sealed class WriteTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <returns>To be disposed after the commit. After 5 s of waiting it comes all the same.</returns>
    public IDisposable Take() => new Turn(_one.Wait(Patience) ? _one : null);

    /// <inheritdoc cref="Take"/>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken) =>
        new Turn(await _one.WaitAsync(Patience, cancellationToken) ? _one : null);

    public void Dispose() => _one.Dispose();

    private sealed class Turn(SemaphoreSlim? one) : IDisposable
    {
        private SemaphoreSlim? _one = one;

        public void Dispose() => Interlocked.Exchange(ref _one, null)?.Release();
    }
}
