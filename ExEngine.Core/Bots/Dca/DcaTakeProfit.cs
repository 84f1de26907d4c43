namespace ExEngine.Core.Bots.Dca;

/// <summary>Where a deal takes its profit.</summary>
public sealed record DcaTakeProfit
{
    /// <summary>Percent; not used with steps.</summary>
    public decimal Percent { get; init; } = 1;
    public PriceBase From { get; init; }

    /// <summary>The percent is what is left after the fees of both ways.</summary>
    public bool NetOfFees { get; init; }

    /// <summary>Up to four, in order; empty: one for all.</summary>
    public IReadOnlyList<DcaTakeProfitStep> Steps { get; init; } = [];

    /// <summary>Percent below the best price since the last step was reached at which it is sold; null: at the target itself.</summary>
    public decimal? Trailing { get; init; }

    /// <summary>
    /// Percent after fees below which trailing does not sell: it waits again instead. Null: it sells wherever it comes to.
    /// </summary>
    public decimal? MinProfit { get; init; }

    /// <summary>The steps in order, one of all when none are stated.</summary>
    public IReadOnlyList<DcaTakeProfitStep> All() => Steps.Count > 0 ? Steps : [new(Percent, 100)];
}

/// <param name="Percent">As <see cref="DcaTakeProfit.Percent"/>.</param>
/// <param name="Share">Percent of what is held; the last step takes the rest.</param>
public sealed record DcaTakeProfitStep(decimal Percent, decimal Share);
