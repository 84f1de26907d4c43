namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What was found out about an account without trading on it.</summary>
/// <param name="Ok">Every check passed.</param>
/// <param name="KeysVerified">Whether the exchange itself accepted the keys; false when it could not be asked.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record AccountTest(bool Ok, bool KeysVerified, string Message, IReadOnlyList<AccountCheck> Checks);

/// <param name="Name"><c>exchange</c>, <c>rules</c>, <c>credentials</c>, <c>keyRing</c> or <c>key</c>.</param>
public sealed record AccountCheck(string Name, bool Passed, string Detail);
