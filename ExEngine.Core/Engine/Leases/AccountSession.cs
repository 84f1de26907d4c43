using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Engine.Leases;

/// <summary>An account while this instance owns it.</summary>
internal sealed record AccountSession(AccountClaim Claim, ExchangeAccount Account, IExchange Exchange)
{
    public Guid Id => Account.Id;

    public Guid UserId => Account.UserId;
}
