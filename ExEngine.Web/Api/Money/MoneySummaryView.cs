using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Money;

/// <param name="TimeZone">Whose days these are.</param>
/// <param name="OpenProfit">Of open positions now; null when a price is not known.</param>
/// <param name="Drawdown">The deepest fall of what was realised below its highest.</param>
/// <param name="IsConverted">Amounts of other quotes are in the sums, at the rates of now.</param>
/// <param name="Unrated">Realised in quotes without a rate, which is in none of the sums.</param>
/// <param name="Equity">The last known point.</param>
/// <param name="EquityProfit">What equity changed and did not come from outside.</param>
/// <param name="Moved">What came from outside in the stretch, less what went there.</param>
/// <param name="MaxDrawdown">The deepest fall of equity less net deposits, in the currency.</param>
/// <param name="MaxDrawdownPercent">Of the equity at the highest.</param>
/// <param name="LeftOut">Assets without a rate, which are in no figure of equity.</param>
/// <param name="Gaps">Accounts whose last look brought no figure, and why.</param>
public sealed record MoneySummaryView(
    string Currency,
    string TimeZone,
    string Mode,
    ProfitView Total,
    decimal? OpenProfit,
    int OpenPositions,
    decimal Drawdown,
    bool IsConverted,
    IReadOnlyDictionary<string, decimal> Unrated,
    EquityPointView? Equity,
    decimal? EquityProfit,
    decimal? Moved,
    decimal? MaxDrawdown,
    decimal? MaxDrawdownPercent,
    string? LeftOut,
    IReadOnlyList<EquityGap> Gaps
)
{
    public static MoneySummaryView Of(AccountMode mode, ProfitReport report, EquityHistory history)
    {
        var (line, fall) = (history.Line, history.Line.MaxDrawdown());
        return new(
            report.Currency,
            report.Zone.Id,
            mode.ToString().ToLowerInvariant(),
            ProfitView.Of("total", "Total", report.Total, report.Currency),
            report.OpenProfit,
            report.OpenPositions,
            report.Drawdown,
            report.IsConverted,
            report.Unrated.ToDictionary(u => u.Quote, u => u.Amount),
            line.Last is { } last ? EquityPointView.Of(last, history.Currency) : null,
            line.Profit,
            line.Moved,
            fall?.Amount,
            fall?.Percent,
            history.LeftOut,
            history.Gaps
        );
    }
}
