using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Money;

/// <param name="Equity">Null when that of an account was not known: a gap, never zero.</param>
/// <param name="Cash">The currency itself, and dollars.</param>
/// <param name="Held">Every other coin at its price of then.</param>
/// <param name="NetDeposits">What came from outside less what went there, so far; what was traded elsewhere too.</param>
/// <param name="Profit">Equity less net deposits.</param>
/// <param name="IsComplete">No asset was left out for want of a rate.</param>
public sealed record EquityPointView(
    DateTime At,
    string Currency,
    decimal? Equity,
    decimal? Cash,
    decimal? Held,
    decimal? NetDeposits,
    decimal? Profit,
    bool IsComplete
)
{
    public static EquityPointView Of(EquityPoint p, string currency) =>
        new(p.At, currency, p.Equity, p.Cash, p.Held, p.NetDeposits, p.Profit, p.IsComplete);
}
