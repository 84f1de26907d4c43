namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>
/// CCXT states one precision mode per exchange, but a few of its classes override how they round: after <c>priceToPrecision</c> and
/// <c>amountToPrecision</c> in their CCXT source.
/// </summary>
public sealed record StepExceptions
{
    /// <summary>Significant digits of a price, whatever the market states.</summary>
    public int? PriceDigits { get; init; }

    /// <summary>Whole numbers are prices, however many digits they have.</summary>
    public bool WholePrices { get; init; }

    /// <summary>Decimals of a price, at most.</summary>
    public int? PriceDecimals { get; init; }

    /// <summary>The same of derivatives, where it differs.</summary>
    public int? ContractPriceDecimals { get; init; }

    /// <summary>The decimals of the quantity's step are taken off those of the price.</summary>
    public bool LessQuantityDecimals { get; init; }

    /// <summary>Quantities are stated in decimal places.</summary>
    public bool QuantityInDecimals { get; init; }
}
