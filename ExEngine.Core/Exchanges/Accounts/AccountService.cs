using System.Security.Cryptography;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>
/// Where accounts are opened, changed and closed, for pages and REST alike. Every method takes the user whose rows it may
/// touch. Secrets go in and never come out.
/// </summary>
public sealed class AccountService(
    IDbContextFactory<AppDb> databases,
    ExchangeDirectory exchanges,
    SecretSealer sealer,
    ApiKeyChecker keys,
    ApiKeyTwins twins,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time,
    IEnumerable<AccountUseQuery> uses,
    IOptions<CapOptions> caps
)
{
    /// <summary>Newest first; only ids below <paramref name="before"/> when it is given.</summary>
    public async Task<IReadOnlyList<ExchangeAccount>> ListAsync(Guid userId, Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Mine(db, userId).AsNoTracking();
        if (before is { } id)
        {
            rows = rows.Where(a => a.Id.CompareTo(id) < 0);
        }

        return await rows.OrderByDescending(a => a.Id).Take(take).ToListAsync(cancellationToken);
    }

    public async Task<ExchangeAccount?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }

    /// <summary>What uses the accounts of this user, in a stable order.</summary>
    public async Task<ILookup<Guid, AccountUse>> UsesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await UsesAsync(db, userId, null, cancellationToken)).ToLookup(u => u.AccountId);
    }

    /// <summary>What an account holds by the engine's own books: it would be wrong if a paper account began anew under it.</summary>
    public async Task<IReadOnlyList<AccountUse>> HeldAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await UsesAsync(db, userId, id, cancellationToken)).FindAll(u => u.Kind == AccountUse.Position);
    }

    /// <summary>What the validator needs, for a new account or for changing <paramref name="stored"/>.</summary>
    public async Task<ExchangeAccountContext> ContextAsync(Guid userId, ExchangeAccount? stored, CancellationToken cancellationToken) =>
        new()
        {
            Exchanges = await exchanges.ListAsync(cancellationToken),
            Stored = stored,
            NameTaken = (name, token) => NameTakenAsync(userId, name, stored?.Id, token),
        };

    public async Task<AccountResult> CreateAsync(Guid userId, ExchangeAccountInput input, CancellationToken cancellationToken)
    {
        if (await ErrorsAsync(userId, input, null, cancellationToken) is { } errors)
        {
            return errors;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var account = new ExchangeAccount
        {
            Id = ids.Next(),
            UserId = userId,
            Name = "",
            NormalizedName = "",
            Exchange = input.Exchange!,
            Mode = input.Mode ?? AccountMode.Paper,
            CreatedAt = now,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Add(account);
        return await SaveAsync(db, account, input, now, cancellationToken);
    }

    public async Task<AccountResult> UpdateAsync(Guid userId, Guid id, ExchangeAccountInput input, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Mine(db, userId).SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } account)
        {
            return new AccountResult.NotFound();
        }

        return await ErrorsAsync(userId, input, account, cancellationToken) as AccountResult
            ?? await SaveAsync(db, account, input, time.GetUtcNow().UtcDateTime, cancellationToken);
    }

    /// <summary>Wipes the secrets and hides the row; refuses while something uses the account.</summary>
    public async Task<AccountResult> DeleteAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The update comes first because it locks the row: a webhook that is being pointed at this account waits, or is seen.
        var now = time.GetUtcNow().UtcDateTime;
        var closed = await Mine(db, userId)
            .Where(a => a.Id == id)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(a => a.DeletedAt, now)
                        .SetProperty(a => a.UpdatedAt, now)
                        .SetProperty(a => a.ApiKeySealed, (string?)null)
                        .SetProperty(a => a.SecretSealed, (string?)null)
                        .SetProperty(a => a.PassphraseSealed, (string?)null)
                        .SetProperty(a => a.ApiKeyHint, (string?)null),
                cancellationToken
            );
        if (closed == 0)
        {
            return new AccountResult.NotFound();
        }

        if (await UsesAsync(db, userId, id, cancellationToken) is { Count: > 0 } users)
        {
            return new AccountResult.InUse(users);
        }

        var account = await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.ExchangeAccount, id));
        return new AccountResult.Done(account);
    }

    private static IQueryable<ExchangeAccount> Mine(AppDb db, Guid userId) =>
        db.ExchangeAccounts.Where(a => a.UserId == userId && a.DeletedAt == null);

    private static SecretPlace Place(ExchangeAccount account, string field) =>
        new(nameof(ExchangeAccount), account.UserId, account.Id, field);

    private async Task<bool> NameTakenAsync(Guid userId, string name, Guid? except, CancellationToken cancellationToken)
    {
        var normalized = name.ToUpperInvariant();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId).AnyAsync(a => a.NormalizedName == normalized && a.Id != except, cancellationToken);
    }

    private async Task<AccountResult.Invalid?> ErrorsAsync(
        Guid userId,
        ExchangeAccountInput input,
        ExchangeAccount? stored,
        CancellationToken cancellationToken
    )
    {
        var facts = await ContextAsync(userId, stored, cancellationToken);
        var result = await new ExchangeAccountValidator(facts).ValidateAsync(input, cancellationToken);
        return result.IsValid ? null : new AccountResult.Invalid(result.ToDictionary());
    }

    private async Task<List<AccountUse>> UsesAsync(AppDb db, Guid userId, Guid? accountId, CancellationToken cancellationToken)
    {
        var found = new List<AccountUse>();
        foreach (var use in uses)
        {
            found.AddRange(await use(db, userId).Where(u => accountId == null || u.AccountId == accountId).ToListAsync(cancellationToken));
        }

        return [.. found.OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<AccountResult> SaveAsync(
        AppDb db,
        ExchangeAccount account,
        ExchangeAccountInput input,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var (error, uid) = await KeyErrorAsync(account, input, now, cancellationToken);
        if (error is null && account.Mode == AccountMode.Live && Entered(input.ApiKey) is { } key)
        {
            error = await twins.ErrorAsync(db, account, key, uid, cancellationToken);
        }

        if (error is not null)
        {
            return new AccountResult.Invalid(new Dictionary<string, string[]> { [nameof(input.ApiKey)] = [error] });
        }

        Fill(account, input, now);
        try
        {
            var (mine, cap) = (Mine(db, account.UserId), caps.Value.AccountsPerUser);
            if (!await UserCap.SaveAsync(db, account, account.UserId, cap, mine, cancellationToken))
            {
                return new AccountResult.CapReached(cap);
            }
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two requests can pass the validator with the same name; the unique index lets one through.
            if (await ErrorsAsync(account.UserId, input, account, cancellationToken) is { } errors)
            {
                return errors;
            }

            throw;
        }

        feed.Publish(new ChangeEvent(account.UserId, ChangeKind.ExchangeAccount, account.Id));
        return new AccountResult.Done(account);
    }

    /// <summary>Asks the exchange about keys that are entered.</summary>
    /// <returns>What is wrong with them, or null with the verdict noted; and the exchange's id of their account, where it tells.</returns>
    private async Task<(string? Error, string? Uid)> KeyErrorAsync(
        ExchangeAccount account,
        ExchangeAccountInput input,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (account.Mode != AccountMode.Live || !EntersKeys(input))
        {
            return (null, null);
        }

        KeyVerdict verdict;
        try
        {
            verdict = await keys.AskAsync(account.Exchange, KeysOf(account, input), cancellationToken);
        }
        catch (CryptographicException)
        {
            return ("What is stored does not open with this key ring. Enter the key and everything that belongs to it again.", null);
        }

        ApiKeyChecker.Note(account, verdict, now);
        return (verdict.State is KeyState.TooPowerful or KeyState.Rejected ? verdict.Message : null, verdict.Rights?.Account);
    }

    private static bool EntersKeys(ExchangeAccountInput input) =>
        Entered(input.ApiKey) is not null || Entered(input.Secret) is not null || Entered(input.Passphrase) is not null;

    private static string? Entered(string? text) => text?.Trim() is { Length: > 0 } entered ? entered : null;

    private CcxtKeys KeysOf(ExchangeAccount account, ExchangeAccountInput input)
    {
        return new(
            Entered(input.ApiKey) ?? Opened("ApiKey", account.ApiKeySealed),
            Entered(input.Secret) ?? Opened("Secret", account.SecretSealed),
            Entered(input.Passphrase) ?? Opened("Passphrase", account.PassphraseSealed)
        );

        string? Opened(string field, string? ciphertext) => ciphertext is null ? null : sealer.Open(Place(account, field), ciphertext);
    }

    private void Fill(ExchangeAccount account, ExchangeAccountInput input, DateTime now)
    {
        account.Name = input.Name!.Trim();
        account.NormalizedName = account.Name.ToUpperInvariant();
        account.UpdatedAt = now;
        if (Entered(input.ApiKey) is { } key)
        {
            account.ApiKeySealed = sealer.Seal(Place(account, "ApiKey"), key);
            account.ApiKeyHint = key[^4..];
        }

        if (Entered(input.Secret) is { } secret)
        {
            account.SecretSealed = sealer.Seal(Place(account, "Secret"), secret);
        }

        if (Entered(input.Passphrase) is { } passphrase)
        {
            account.PassphraseSealed = sealer.Seal(Place(account, "Passphrase"), passphrase);
        }

        if (account.Mode == AccountMode.Paper && (input.PaperBalances is not null || account.PaperBalances is null))
        {
            account.PaperBalances = JsonSerializer.Serialize(
                input.PaperBalances ?? ExchangeAccountInput.DefaultPaperBalances,
                ExactJson.Options
            );
        }
    }
}
