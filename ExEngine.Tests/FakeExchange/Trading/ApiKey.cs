namespace ExEngine.Tests.FakeExchange.Trading;

internal sealed class ApiKey(string key, string secret, FakeAccount account, FakeKeyRights rights)
{
    public string Key { get; } = key;
    public string Secret { get; } = secret;
    public FakeAccount Account { get; } = account;
    public FakeKeyRights Rights { get; set; } = rights;
}
