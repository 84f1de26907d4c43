using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>Who there is, and the API keys that open their accounts.</summary>
internal sealed class Accounts
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FakeAccount> _accounts = new(StringComparer.Ordinal);

    public ApiKey? Find(string key) => _keys.GetValueOrDefault(key);

    public FakeAccount this[string name] => _accounts[name];

    public FakeAccount Open(string name) => _accounts.GetOrAdd(name, n => new FakeAccount(n));

    /// <summary>A key of its own for the account; random unless it is given.</summary>
    public ApiKey AddKey(FakeAccount account, FakeKeyRights rights, string? key = null, string? secret = null)
    {
        var made = new ApiKey(
            key ?? RandomNumberGenerator.GetString(Letters, 64),
            secret ?? RandomNumberGenerator.GetString(Letters, 64),
            account,
            rights
        );
        return _keys[made.Key] = made;
    }

    public void Revoke(string key) => _keys.TryRemove(key, out _);
}
