namespace ExEngine.Core.Engine;

/// <summary>
/// Reads what is to be done for one account again and again: all of it now and then, and what changed in between. A step costs what
/// happened since the last, not what rests. Only the account's loop calls it.
/// </summary>
internal sealed class AccountReading(AccountReader reader, Guid accountId, TimeProvider time)
{
    /// <summary>
    /// What changed is read from this much before the last reading began: a commit takes its time, and instances' clocks differ.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>All is read this often, which heals whatever reading the changes alone may have missed.</summary>
    private static readonly TimeSpan WholeAfter = TimeSpan.FromSeconds(30);

    private AccountState? _known;
    private DateTime _at;
    private DateTime _wholeAt;

    /// <summary>The next reading is a whole one.</summary>
    public void Forget() => _known = null;

    public async Task<AccountState> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var known = now - _wholeAt < WholeAfter ? _known : null;
        _known = null; // a reading that fails is followed by a whole one
        var state = known is null
            ? await reader.StateAsync(accountId, cancellationToken)
            : await reader.StateAsync(accountId, known, _at - Slack, cancellationToken);
        (_known, _at) = (state, now);
        _wholeAt = known is null ? now : _wholeAt;
        return state;
    }
}
