namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>
/// How much one answer of an exchange tells at most. Where nothing is said, no list proves that something does not exist. CCXT's features
/// are not enough for that: where they state a limit at all, it is the largest that may be asked for, which some exchanges do not keep.
/// </summary>
public sealed record ListPages
{
    /// <summary>Ended orders, and trades, in one answer.</summary>
    public int? Limit { get; init; }

    /// <summary>Open orders in one answer.</summary>
    public int? Open { get; init; }

    /// <summary>All open orders come in one answer, of all symbols too.</summary>
    public bool OpenIsWhole { get; init; }

    /// <summary>Lists are read from the oldest on, in windows of time; otherwise from the newest back.</summary>
    public bool Forward { get; init; }

    /// <summary>Milliseconds between the beginning and the end of one question, at most.</summary>
    public long? Window { get; init; }

    /// <summary>Lists are of all symbols and paged by an offset.</summary>
    public bool Offset { get; init; }
}
