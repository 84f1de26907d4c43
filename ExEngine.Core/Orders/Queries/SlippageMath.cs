using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Queries;

/// <summary>How far an execution was from the price that it was planned with; above zero is worse for the trader.</summary>
/// <param name="Amount">In quote, over everything that was executed.</param>
/// <param name="Percent">Of the reference price: 0.1 is a tenth of a percent; rounded to four decimals.</param>
public sealed record Slippage(decimal Amount, decimal Percent);

public static class SlippageMath
{
    private const int PercentDecimals = 4;

    /// <param name="reference">Quote per base; null when the order was planned without one.</param>
    /// <param name="executed">In base, before fees.</param>
    /// <param name="executedCost">In quote, before fees.</param>
    public static Slippage? Of(OrderSide side, decimal? reference, decimal executed, decimal executedCost)
    {
        if (reference is not > 0 || executed <= 0)
        {
            return null;
        }

        var expected = reference.Value * executed;
        var worse = side == OrderSide.Buy ? executedCost - expected : expected - executedCost;
        return new(worse, decimal.Round(worse / expected * 100m, PercentDecimals, MidpointRounding.AwayFromZero));
    }
}
