namespace ExEngine.Core.Bots.Dca;

/// <summary>Where a deal is given up. It is watched by us and sold at market.</summary>
public sealed record DcaStopLoss
{
    /// <summary>Percent; null: only the move to break-even.</summary>
    public decimal? Percent { get; init; }
    public PriceBase From { get; init; }

    /// <summary>The price must stay beyond for so long without a break.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>After so many take-profit steps the stop is where the rest ends without a loss. Null: it stays.</summary>
    public int? BreakEvenAfterStep { get; init; }

    /// <summary>No deals after it.</summary>
    public bool StopsBot { get; init; }
}
