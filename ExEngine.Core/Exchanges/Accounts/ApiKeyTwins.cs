using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>
/// Recognises an account of the exchange that is entered twice, by the exchange's id of it where that is told, and by its key: two accounts
/// on the same coins would each sell what the other holds.
/// </summary>
public sealed class ApiKeyTwins(SecretSealer sealer)
{
    /// <summary>Notes what the account is known by in it, and looks for another live account of the user that is the same one.</summary>
    /// <param name="uid">The exchange's id of the account; null where it does not tell.</param>
    /// <returns>For people: which one, and what to do; null when there is none.</returns>
    public async Task<string?> ErrorAsync(AppDb db, ExchangeAccount account, string key, string? uid, CancellationToken cancellationToken)
    {
        account.ExchangeUid = uid is null ? Hash("key", account.Exchange, key) : UidOf(account.Exchange, uid);
        var others = await db
            .ExchangeAccounts.AsNoTracking()
            .Where(a =>
                a.UserId == account.UserId
                && a.DeletedAt == null
                && a.Id != account.Id
                && a.Exchange == account.Exchange
                && a.Mode == AccountMode.Live
            )
            .ToListAsync(cancellationToken);

        // An exchange that did not tell its id then, or does not now, is known by the key.
        return others.Find(a => a.ExchangeUid == account.ExchangeUid || (a.ApiKeyHint == key[^4..] && HasKey(a, key))) is { } twin
            ? $"The account {twin.Name} is the same one at the exchange. Two on the same coins would each sell what the other holds; use that one."
            : null;
    }

    /// <summary>What is kept of the exchange's id of an account: enough to know it again.</summary>
    internal static string UidOf(string exchange, string uid) => Hash("uid", exchange, uid);

    private static string Hash(string kind, string exchange, string what) =>
        $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(exchange + "\n" + what)))}";

    private bool HasKey(ExchangeAccount account, string key)
    {
        try
        {
            var place = new SecretPlace(nameof(ExchangeAccount), account.UserId, account.Id, "ApiKey");
            return account.ApiKeySealed is { } ciphertext && sealer.Open(place, ciphertext) == key;
        }
        catch (CryptographicException)
        {
            return false; // it does not open with this key ring, so it cannot trade either
        }
    }
}
