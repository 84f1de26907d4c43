using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges;

/// <summary>The <see cref="IExchange"/> of an account: opened once, and anew when the account's keys change.</summary>
public sealed class ExchangeFactory(
    CcxtAccounts live,
    PaperVenue paper,
    PriceFeed prices,
    ChangeFeed feed,
    IDbContextFactory<AppDb> databases
)
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The stored secrets do not open with this key ring.</exception>
    public IExchange Of(ExchangeAccount account) =>
        account.Mode == AccountMode.Paper ? new PaperExchange(account, paper, prices, feed, databases) : live.Of(account);
}
