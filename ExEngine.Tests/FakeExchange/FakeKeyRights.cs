namespace ExEngine.Tests.FakeExchange;

/// <summary>What an API key may do. By default what a careful trader gives: reading and spot trading, tied to an IP.</summary>
public sealed record FakeKeyRights
{
    public bool Reading { get; init; } = true;
    public bool SpotTrading { get; init; } = true;
    public bool Withdrawals { get; init; }
    public bool InternalTransfer { get; init; }
    public bool UniversalTransfer { get; init; }
    public bool IpRestrict { get; init; } = true;
}
