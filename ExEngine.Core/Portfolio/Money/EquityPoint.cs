namespace ExEngine.Core.Portfolio.Money;

/// <summary>What the accounts of a scope were worth together, in the reporting currency.</summary>
/// <param name="At">UTC.</param>
/// <param name="Equity">Null when that of one of the accounts is not known: a gap, never zero.</param>
/// <param name="NetDeposits">So far: what came from outside less what went there.</param>
/// <param name="IsComplete">No asset was left out for want of a rate.</param>
public sealed record EquityPoint(DateTime At, decimal? Equity, decimal? Cash, decimal? Held, decimal? NetDeposits, bool IsComplete)
{
    /// <summary>What is above what came from outside.</summary>
    public decimal? Profit => Equity - NetDeposits;
}
