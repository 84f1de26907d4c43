using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Engine;

/// <summary>An account while this instance owns it.</summary>
internal sealed record OwnedAccount(AccountClaim Claim, ExchangeAccount Account, IExchange Exchange)
{
    public Guid Id => Account.Id;

    public Guid UserId => Account.UserId;
}
