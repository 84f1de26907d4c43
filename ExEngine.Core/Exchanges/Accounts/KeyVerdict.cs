namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What a key is worth.</summary>
/// <param name="Rights">Null when the exchange did not tell.</param>
/// <param name="Message">For people: what is so and, where something is wrong, what to do.</param>
public sealed record KeyVerdict(KeyState State, KeyRights? Rights, string Message);
