namespace ExEngine.Core.Webhooks.Signals;

/// <summary>A signal on its way into the database, and the request that waits for it.</summary>
/// <param name="row">Complete but for the batch.</param>
/// <param name="key">Its identity within the webhook.</param>
/// <param name="claimsKey">False for a refused signal: it is stored without the key, unless the key is taken already.</param>
/// <param name="keyExpires">True when the key counts within the dedupe window only.</param>
/// <param name="deadline">Timestamp of the clock after which nobody waits any more.</param>
public sealed class SignalWrite(Signal row, string key, bool claimsKey, bool keyExpires, long deadline)
{
    private readonly TaskCompletionSource<SignalReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Signal Row => row;
    public string Key => key;
    public bool ClaimsKey => claimsKey;
    public bool KeyExpires => keyExpires;
    public long Deadline => deadline;
    public Task<SignalReceipt> Done => _done.Task;

    public void Complete(SignalReceipt receipt) => _done.TrySetResult(receipt);
}

/// <param name="Id">The stored signal: this one, or for a duplicate the first one.</param>
public readonly record struct SignalReceipt(SignalReceiptKind Kind, Guid Id);

public enum SignalReceiptKind
{
    /// <summary>Committed.</summary>
    Stored,

    /// <summary>Another signal with the same key is committed.</summary>
    Duplicate,

    /// <summary>Not known to be stored; the sender is to come again, and the key will tell.</summary>
    Unavailable,
}
