using System.Globalization;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Leases;

/// <summary>
/// Takes, renews and gives back <see cref="AccountLease"/>s, and begins the transactions of their holder. Time is the
/// database's on PostgreSQL, where instances' clocks may differ.
/// </summary>
public sealed class AccountLeases(IDbContextFactory<AppDb> databases, TimeProvider time, IOptions<ExecutionOptions> options)
{
    private static readonly string Holder = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <returns>The claim, or null when another holder's lease has not run out.</returns>
    public async Task<AccountClaim?> TakeAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var claimId = Guid.NewGuid();
        var (now, until) = Times();
        var taken =
            db is PostgresDb
                ? await TakeAsync(db, accountId, claimId, cancellationToken)
                : await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO account_leases (account_id, holder, claim_id, expires_at) VALUES ({accountId}, {Holder}, {claimId}, {until})
                    ON CONFLICT (account_id) DO UPDATE SET holder = excluded.holder, claim_id = excluded.claim_id, expires_at = excluded.expires_at
                    WHERE account_leases.expires_at <= {now}
                    """,
                    cancellationToken
                );
        return taken == 1 ? new AccountClaim(accountId, claimId) : null;
    }

    // Waits for nobody: an holder that was frozen inside a transaction keeps its row locked for a while, and other accounts must not wait
    // with it.
    private async Task<int> TakeAsync(AppDb db, Guid accountId, Guid claimId, CancellationToken cancellationToken)
    {
        var lease = options.Value.Lease;
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE account_leases SET holder = {Holder}, claim_id = {claimId}, expires_at = clock_timestamp() + {lease}
            WHERE account_id IN (
                SELECT account_id FROM account_leases WHERE account_id = {accountId} AND expires_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken
        );
        return taken > 0
            ? taken
            : await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO account_leases (account_id, holder, claim_id, expires_at) VALUES ({accountId}, {Holder}, {claimId}, clock_timestamp() + {lease})
                ON CONFLICT (account_id) DO NOTHING
                """,
                cancellationToken
            );
    }

    /// <exception cref="LeaseLostException">Another instance took the account.</exception>
    public async Task RenewAsync(AccountClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var renewed =
            db is PostgresDb
                ? await db.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE account_leases SET expires_at = clock_timestamp() + {options.Value.Lease}
                    WHERE account_id = {claim.AccountId} AND claim_id = {claim.ClaimId}
                    """,
                    cancellationToken
                )
                : await db.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE account_leases SET expires_at = {Times().Until} WHERE account_id = {claim.AccountId} AND claim_id = {claim.ClaimId}
                    """,
                    cancellationToken
                );
        if (renewed == 0)
        {
            throw new LeaseLostException(claim.AccountId);
        }
    }

    /// <summary>Lets another instance have the account at once.</summary>
    public async Task GiveBackAsync(AccountClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db
            .AccountLeases.Where(l => l.AccountId == claim.AccountId && l.ClaimId == claim.ClaimId)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>A single process has the SQLite file to itself: whoever held its leases before is gone.</summary>
    public async Task ForgetFormerProcessAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db is SqliteDb)
        {
            await db.AccountLeases.ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>
    /// A transaction under the claim: the lease row stays locked to its end, so that nobody takes over in between. PostgreSQL ends it when
    /// nothing is heard of it for as long as a lease lasts: an holder that was frozen inside it does not keep the account from others.
    /// </summary>
    /// <exception cref="LeaseLostException">Another instance took the account.</exception>
    public async Task<LeasedTransaction> BeginAsync(AccountClaim claim, CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var patience = ((long)options.Value.Lease.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var held =
                db is PostgresDb
                    ? db.Database.SqlQuery<int>(
                        $"""
                        SELECT 1 AS "Value" FROM account_leases l, set_config('idle_in_transaction_session_timeout', {patience}, true)
                        WHERE l.account_id = {claim.AccountId} AND l.claim_id = {claim.ClaimId} FOR SHARE OF l
                        """
                    )
                    : db.Database.SqlQuery<int>(
                        $"SELECT 1 AS \"Value\" FROM account_leases WHERE account_id = {claim.AccountId} AND claim_id = {claim.ClaimId}"
                    );
            return (await held.ToListAsync(cancellationToken)).Count == 1
                ? new LeasedTransaction(db, transaction)
                : throw new LeaseLostException(claim.AccountId);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private (DateTime Now, DateTime Until) Times()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return (now, now + options.Value.Lease);
    }
}
