using ExEngine.Core.Engine.Leases;

namespace ExEngine.Core.Engine.Execution;

/// <summary>What is looked at besides orders: whether the exchange answers, and whether it holds what the positions say.</summary>
internal sealed class AccountWatch(BooksWatch books, AwayAlarms away)
{
    /// <returns>UTC of the next look.</returns>
    public async Task<DateTime> LookAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var nextBooks = await books.LookAsync(session, state, cancellationToken);
        var nextAway = await away.LookAsync(session, state, cancellationToken);
        return nextBooks < nextAway ? nextBooks : nextAway;
    }
}
