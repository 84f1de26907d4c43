using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>How beginning anew ended.</summary>
/// <param name="Held">What is in the way: when there is any, nothing was changed.</param>
/// <param name="Balances">What the account has from now on.</param>
public sealed record PaperReset(IReadOnlyList<AccountUse> Held, ExchangeResult<IReadOnlyList<AssetBalance>> Balances);
