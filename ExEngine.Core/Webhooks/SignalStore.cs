namespace ExEngine.Core.Webhooks;

/// <summary>Writes one batch of signals in one commit. One caller at a time.</summary>
public abstract class SignalStore : IAsyncDisposable
{
    /// <summary>
    /// Commits <paramref name="batch"/> and the instant of the commit before it. On return everything is durable.
    /// </summary>
    /// <returns>A receipt per element of <paramref name="batch"/>, in its order.</returns>
    /// <param name="expiredBefore">Keys that count within the window only are free again when older than this (UTC).</param>
    public abstract Task<SignalReceipt[]> WriteAsync(
        IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
