using System.Globalization;
using ExEngine.Core.Exchanges.Accounts;
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

/// <summary>What was realised in one group, in the currency.</summary>
/// <param name="Key">The first day, the symbol, or the id; empty for what people traded by hand.</param>
/// <param name="Profit">After fees in base and quote.</param>
/// <param name="Trades">Orders that realised something.</param>
/// <param name="ProfitFactor">Won for each unit lost; null while nothing was lost.</param>
/// <param name="Fees">By asset, as they were paid.</param>
/// <param name="FeesValue">All of them in the currency at the rates of now; null when one has none.</param>
public sealed record ProfitView(
    string Key,
    string Name,
    string Currency,
    decimal Profit,
    int Fills,
    int Trades,
    int Wins,
    int Losses,
    decimal? WinRate,
    decimal? AverageWin,
    decimal? AverageLoss,
    decimal? ProfitFactor,
    IReadOnlyDictionary<string, decimal> Fees,
    decimal? FeesValue
)
{
    public static ProfitView Of(string key, string name, ProfitSum sum, string currency) =>
        new(
            key,
            name,
            currency,
            sum.Profit,
            sum.Fills,
            sum.Trades,
            sum.Wins,
            sum.Losses,
            sum.WinRate,
            sum.AverageWin,
            sum.AverageLoss,
            sum.ProfitFactor,
            sum.Fees.ToDictionary(f => f.Asset, f => f.Amount),
            sum.FeesValue
        );

    public static ProfitView Of(ProfitDay day, string currency)
    {
        var text = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Of(text, text, day.Sum, currency);
    }
}

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
