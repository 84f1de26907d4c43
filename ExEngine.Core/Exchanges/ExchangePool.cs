namespace ExEngine.Core.Exchanges;

/// <summary>The <see cref="IExchange"/> of an account: opened once, and anew when the account's keys change.</summary>
public sealed class ExchangePool
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The stored secrets do not open with this key ring.</exception>
    public IExchange Of(ExchangeAccount account) => throw new NotImplementedException(account.Name);
}
