namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// Writes one batch of signals in one commit. One caller at a time, on a thread of its own: it blocks until the commit,
/// which on two cores costs half the latency of handing each wait to the pool and back.
/// </summary>
public abstract class SignalStore : IDisposable
{
    /// <summary>
    /// Commits <paramref name="batch"/> and the instant of the commit before it. On return everything is durable.
    /// </summary>
    /// <returns>A receipt per element of <paramref name="batch"/>, in its order.</returns>
    /// <param name="expiredBefore">Keys that count within the window only are free again when older than this (UTC).</param>
    public abstract SignalReceipt[] Write(IReadOnlyList<SignalWrite> batch, SignalBatch? previous, DateTime expiredBefore);

    /// <summary>Lets go of the connection; the next write opens another.</summary>
    protected abstract void Close();

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }
}
