namespace ExEngine.Tests.FakeExchange.Control;

/// <summary>What a test wants of an account: made when there is none of that name, given more when there is.</summary>
internal sealed record AccountWish(string Account)
{
    public Dictionary<string, decimal> Balances { get; init; } = [];

    /// <summary>A key with these rights; none when null.</summary>
    public FakeKeyRights? Rights { get; init; }

    /// <summary>This key, new or known, gets the rights; a random one when null.</summary>
    public string? Key { get; init; }

    public string? Secret { get; init; }
    public FakeCommission? Commission { get; init; }
}
