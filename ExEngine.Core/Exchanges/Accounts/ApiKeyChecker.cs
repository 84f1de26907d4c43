using System.Security.Cryptography;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Asks exchanges about the keys of live accounts, and keeps what they said.</summary>
public sealed class ApiKeyChecker(
    IDbContextFactory<AppDb> databases,
    CcxtAccounts accounts,
    ExchangeDirectory exchanges,
    ChangeFeed feed,
    TimeProvider time
)
{
    /// <summary>How long an answer is good for.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Keys that are not stored (yet). Never throws for what the exchange or the network does.</summary>
    internal Task<KeyVerdict> AskAsync(string exchange, CcxtKeys keys, CancellationToken cancellationToken) =>
        JudgeAsync(exchange, accounts.Of(exchange, keys), cancellationToken);

    /// <summary>A stored account's keys; the answer is stored too.</summary>
    public async Task<KeyVerdict> CheckAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        var verdict = await JudgeStoredAsync(account, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // Keys that were changed meanwhile have been checked by whoever changed them.
        var rows = db.ExchangeAccounts.Where(a =>
            a.Id == account.Id && a.DeletedAt == null && a.ApiKeySealed == account.ApiKeySealed && a.SecretSealed == account.SecretSealed
        );
        if (await StoreAsync(account, rows, verdict, cancellationToken) > 0)
        {
            feed.Publish(new ChangeEvent(account.UserId, ChangeKind.ExchangeAccount, account.Id));
        }

        return verdict;
    }

    private async Task<int> StoreAsync(
        ExchangeAccount account,
        IQueryable<ExchangeAccount> rows,
        KeyVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (verdict.State == KeyState.Unchecked)
        {
            // What the exchange said before it stopped answering still stands.
            return await rows.ExecuteUpdateAsync(set => set.SetProperty(a => a.KeyDueAt, now + AskAgain), cancellationToken);
        }

        // Where an exchange tells its id of the account only now.
        if (verdict.Rights?.Account is { } uid)
        {
            var known = ApiKeyTwins.UidOf(account.Exchange, uid);
            await rows.ExecuteUpdateAsync(set => set.SetProperty(a => a.ExchangeUid, known), cancellationToken);
        }

        var noted = new ExchangeAccount
        {
            Name = "",
            NormalizedName = "",
            Exchange = "",
        };
        Note(noted, verdict, now);
        return await rows.ExecuteUpdateAsync(
            set =>
                set.SetProperty(a => a.KeyState, noted.KeyState)
                    .SetProperty(a => a.KeyMessage, noted.KeyMessage)
                    .SetProperty(a => a.KeyMayTrade, noted.KeyMayTrade)
                    .SetProperty(a => a.KeyMayWithdraw, noted.KeyMayWithdraw)
                    .SetProperty(a => a.KeyMayTransfer, noted.KeyMayTransfer)
                    .SetProperty(a => a.KeyIpRestricted, noted.KeyIpRestricted)
                    .SetProperty(a => a.KeyCheckedAt, noted.KeyCheckedAt)
                    .SetProperty(a => a.KeyDueAt, noted.KeyDueAt),
            cancellationToken
        );
    }

    /// <summary>Puts a verdict into a row that is about to be stored.</summary>
    internal static void Note(ExchangeAccount account, KeyVerdict verdict, DateTime now)
    {
        var rights = verdict.Rights;
        (account.KeyState, account.KeyMessage) = (verdict.State, StoredText.Line(verdict.Message, ExchangeAccount.MaxKeyMessage));
        (account.KeyMayTrade, account.KeyMayWithdraw) = (rights?.Trade, rights?.Withdraw);
        (account.KeyMayTransfer, account.KeyIpRestricted) = (rights?.Transfer, rights?.IpRestricted);
        account.KeyCheckedAt = verdict.State == KeyState.Unchecked ? null : now;
        account.KeyDueAt = now + (verdict.State == KeyState.Unchecked ? AskAgain : GoodFor);
    }

    private async Task<KeyVerdict> JudgeStoredAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await JudgeAsync(account.Exchange, accounts.Of(account), cancellationToken);
        }
        catch (CryptographicException)
        {
            return new KeyVerdict(KeyState.Unchecked, null, "The stored secrets do not open with this key ring. Enter them again.");
        }
    }

    private async Task<KeyVerdict> JudgeAsync(string id, IExchange exchange, CancellationToken cancellationToken)
    {
        var name = (await exchanges.ListAsync(cancellationToken)).FirstOrDefault(e => e.Id == id)?.Name ?? id;
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return KeyValidator.Judge(name, await exchange.KeyRightsAsync(either.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new KeyVerdict(
                KeyState.Unchecked,
                null,
                $"{name} gave no answer about this key within {Timeout.TotalSeconds:0} s. It is asked again soon."
            );
        }
    }
}
