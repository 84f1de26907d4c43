using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>Whose money is looked at. Live money and paper are never in one sum.</summary>
/// <param name="AccountId">Null for all accounts of the mode.</param>
public readonly record struct MoneyScope(Guid UserId, AccountMode Mode, Guid? AccountId = null);
