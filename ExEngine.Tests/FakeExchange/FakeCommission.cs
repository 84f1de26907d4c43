namespace ExEngine.Tests.FakeExchange;

/// <summary>What a trade costs its account. Amounts are cut, not rounded, to eight decimals.</summary>
public sealed record FakeCommission
{
    /// <summary>A fraction of the trade: 0.001 is 0.1 %.</summary>
    public decimal Maker { get; init; } = 0.001m;

    /// <summary>A fraction of the trade: 0.001 is 0.1 %.</summary>
    public decimal Taker { get; init; } = 0.001m;

    public FakeCommissionAsset In { get; init; } = FakeCommissionAsset.Received;
}
