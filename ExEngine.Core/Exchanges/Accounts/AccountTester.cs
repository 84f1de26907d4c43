using System.Security.Cryptography;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Checks what an account needs to trade, its key at the exchange included, without trading.</summary>
public sealed class AccountTester(ExchangeDirectory exchanges, MarketCatalog markets, SecretSealer sealer, ApiKeyChecker keys)
{
    public async Task<AccountTest> TestAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        if (account is { Mode: AccountMode.Paper, Exchange: ExchangeInfo.Paper })
        {
            return new AccountTest(true, false, "A paper account needs no keys and is ready.", []);
        }

        List<AccountCheck> checks = [await ExchangeAnswersAsync(account, cancellationToken)];
        if (account.Mode == AccountMode.Live)
        {
            checks.Add(await CredentialsAsync(account, cancellationToken));
            checks.Add(KeyRing(account));
        }
        else
        {
            checks.Add(new("rules", true, "The exchange's rules are here; this account trades on paper with them."));
        }

        var verdict =
            account.Mode == AccountMode.Live && checks.TrueForAll(c => c.Passed) ? await keys.CheckAsync(account, cancellationToken) : null;
        if (verdict is not null)
        {
            checks.Add(new("key", verdict.State == KeyState.Accepted, verdict.Message));
        }

        var failed = checks.Find(c => !c.Passed);
        return new AccountTest(failed is null, verdict is { State: not KeyState.Unchecked }, (failed ?? checks[^1]).Detail, checks);
    }

    private async Task<AccountCheck> ExchangeAnswersAsync(ExchangeAccount account, CancellationToken cancellationToken) =>
        await markets.FindAsync(account.Exchange, cancellationToken) switch
        {
            null => new(
                "exchange",
                false,
                $"The markets of {account.Exchange} could not be fetched. Try again in a minute; /health/ready tells more."
            ),
            { Stale: true } book => new(
                "exchange",
                true,
                $"{account.Exchange} does not answer now; its rules are of {book.FetchedAt:yyyy-MM-dd HH:mm} UTC."
            ),
            var book => new("exchange", true, $"{account.Exchange} lists {book.Markets.Count} markets."),
        };

    private async Task<AccountCheck> CredentialsAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        var exchange = (await exchanges.ListAsync(cancellationToken)).FirstOrDefault(e => e.Id == account.Exchange);
        var missing = (exchange?.Credentials ?? []).Where(c => Sealed(account, c) is null).ToList();
        return missing.Count == 0
            ? new("credentials", true, "Everything that the exchange asks for is stored.")
            : new("credentials", false, $"{exchange!.Name} also needs: {string.Join(", ", missing)}. Edit the account.");
    }

    private AccountCheck KeyRing(ExchangeAccount account)
    {
        try
        {
            foreach (var field in new[] { "ApiKey", "Secret", "Passphrase" })
            {
                if (Sealed(account, field) is { } ciphertext)
                {
                    sealer.Open(new SecretPlace(nameof(ExchangeAccount), account.UserId, account.Id, field), ciphertext);
                }
            }

            return new("keyRing", true, "The stored secrets open.");
        }
        catch (CryptographicException)
        {
            return new("keyRing", false, "The stored secrets do not open with this key ring. Enter them again.");
        }
    }

    private static string? Sealed(ExchangeAccount account, string field) =>
        field.ToUpperInvariant() switch
        {
            "APIKEY" => account.ApiKeySealed,
            "SECRET" => account.SecretSealed,
            "PASSWORD" or "PASSPHRASE" => account.PassphraseSealed,
            _ => null,
        };
}
