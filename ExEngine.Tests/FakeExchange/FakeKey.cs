namespace ExEngine.Tests.FakeExchange;

/// <param name="Account">The name of the account that the key opens.</param>
public sealed record FakeKey(string Key, string Secret, string Account);
