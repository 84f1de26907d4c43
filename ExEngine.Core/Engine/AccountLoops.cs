using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges.Accounts;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine;

/// <summary>Makes the loop of an account that was just taken.</summary>
internal sealed class AccountLoops(EngineParts parts, ILogger<AccountLoop> logger)
{
    public AccountLoop Create(AccountClaim claim, ExchangeAccount account) => new(claim, account, parts, logger);
}
