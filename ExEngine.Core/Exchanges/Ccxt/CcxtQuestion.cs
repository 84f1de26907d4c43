namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>What the gateway is asked; each route reads what it needs. Every number is a text.</summary>
internal sealed record CcxtQuestion
{
    public required string Exchange { get; init; }
    public string? BaseUrl { get; init; }

    /// <summary>The exchange's test network, at the hosts that CCXT knows.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Milliseconds for one HTTP call to the exchange.</summary>
    public int Timeout { get; init; }
    public CcxtKeys? Keys { get; init; }

    /// <summary>Unix milliseconds; nothing is sent from then on.</summary>
    public long? Deadline { get; init; }

    /// <summary>Names this very request: should it come twice, the second one is turned down.</summary>
    public Guid? Request { get; init; }
    public string? Symbol { get; init; }
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>Of candles: <c>1m</c>, <c>4h</c>, <c>1d</c>.</summary>
    public string? Interval { get; init; }
    public int? Count { get; init; }
    public string? ClientId { get; init; }
    public string? OrderId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Since { get; init; }
    public string? Side { get; init; }
    public string? Type { get; init; }
    public string? Quantity { get; init; }
    public string? Cost { get; init; }
    public string? Price { get; init; }
    public string? StopPrice { get; init; }
    public string? TimeInForce { get; init; }
    public bool? ReduceOnly { get; init; }
    public bool? PostOnly { get; init; }

    // A record prints its properties; the keys would end up in a log.
    public override string ToString() => $"{Exchange} {Symbol} {ClientId}";
}

/// <summary>Opened secrets of one account, in CCXT's words.</summary>
internal sealed record CcxtKeys(string? ApiKey, string? Secret, string? Password)
{
    public override string ToString() => "keys";
}
