using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Recognises a key that is entered twice: two accounts on the same coins would each sell what the other holds.</summary>
public sealed class ApiKeyTwins(SecretSealer sealer)
{
    /// <summary>Notes the key's hash in the account, and looks for another live account of the user with the same key.</summary>
    /// <returns>Its name, or null.</returns>
    public async Task<string?> FindAsync(AppDb db, ExchangeAccount account, string key, CancellationToken cancellationToken)
    {
        account.ExchangeUid = "key:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.Exchange + "\n" + key)));
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

        // Accounts from before this was noted are known by their sealed key.
        return others
            .Find(a => a.ExchangeUid == account.ExchangeUid || (a.ExchangeUid is null && a.ApiKeyHint == key[^4..] && HasKey(a, key)))
            ?.Name;
    }

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
