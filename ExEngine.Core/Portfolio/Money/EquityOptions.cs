namespace ExEngine.Core.Portfolio.Money;

/// <summary>Section <c>Equity</c>: what accounts are worth, taken down over time.</summary>
public sealed class EquityOptions
{
    /// <summary>Whether this instance asks exchanges for balances every five minutes and after fills. Default: true.</summary>
    public bool Enabled { get; set; } = true;
}
