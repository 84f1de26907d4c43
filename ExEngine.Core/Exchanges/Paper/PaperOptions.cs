using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Section <c>Paper</c>: how paper accounts are filled.</summary>
public sealed class PaperOptions
{
    /// <summary>
    /// Fee of a fill that waited in the book, as a fraction: 0.001 is 0.1 %. 0 to 0.1; default: what the market states, or 0.001.
    /// </summary>
    [Range(typeof(decimal), "0", "0.1", ParseLimitsInInvariantCulture = true)]
    public decimal? MakerFee { get; set; }

    /// <summary>Fee of a fill that took from the book, as a fraction. 0 to 0.1; default: what the market states, or 0.001.</summary>
    [Range(typeof(decimal), "0", "0.1", ParseLimitsInInvariantCulture = true)]
    public decimal? TakerFee { get; set; }

    /// <summary>What fees are paid in. Default: what the fill receives, as on Binance.</summary>
    public PaperFeeAsset FeeAsset { get; set; } = PaperFeeAsset.Received;

    /// <summary>Pause before an order or a cancellation reaches the book. 0 to 10 s; default: none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// In quote: the most that one order is filled for at one price change; the rest waits, or ends where it may not wait. Default: no
    /// limit.
    /// </summary>
    [Range(typeof(decimal), "0.00000001", "1000000000000", ParseLimitsInInvariantCulture = true)]
    public decimal? Liquidity { get; set; }

    /// <summary>What is added to the ask and taken off the bid, as a fraction. 0 to 0.1; default: 0.</summary>
    [Range(typeof(decimal), "0", "0.1", ParseLimitsInInvariantCulture = true)]
    public decimal HalfSpread { get; set; }

    /// <summary>Which simulated prices: all instances with the same seed show the same ones. Default: 2026.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 2026;
}
