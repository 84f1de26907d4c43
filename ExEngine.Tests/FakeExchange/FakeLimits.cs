namespace ExEngine.Tests.FakeExchange;

/// <summary>How much may be asked. Zero is no limit, which is how the exchange starts.</summary>
public sealed record FakeLimits
{
    /// <summary>Request weight of one IP in a window; at Binance 6,000.</summary>
    public int Weight { get; init; }

    /// <summary>Seconds; at Binance a minute, and the windows begin with the clock's minutes.</summary>
    public int WindowSeconds { get; init; } = 60;

    /// <summary>So many requests in spite of a 429 lead to a ban.</summary>
    public int BanAfter { get; init; } = 10;

    public int BanSeconds { get; init; } = 120;

    /// <summary>New orders of one account in ten seconds; at Binance 100.</summary>
    public int OrdersIn10Seconds { get; init; }
}
