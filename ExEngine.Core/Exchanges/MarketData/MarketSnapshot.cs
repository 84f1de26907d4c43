namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>The last known rules of one exchange's markets, so that a restart or an outage does not lose them.</summary>
public sealed class MarketSnapshot
{
    public required string Exchange { get; set; }

    /// <summary>The gateway's answer, as it came.</summary>
    public required string Json { get; set; }
    public DateTime FetchedAt { get; set; }
}
