using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>From what was played to what is shown.</summary>
public static class ReportMath
{
    private const int MostNotes = 500;
    private const int MostCandles = 500;
    private const int MostPoints = 700;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(4),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
    ];

    /// <summary>Between points of the curve, so that there are some hundreds of them.</summary>
    public static TimeSpan CurveStep(CandleSeries series)
    {
        var step = Fitting(series, MostPoints);
        return step > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : step;
    }

    public static BacktestReport Of(BacktestResult result, CandleSeries series, Market market)
    {
        var (outcome, other) = (result.Outcome, result.Other);
        var times = DealTimes(outcome.Fills);
        return new()
        {
            Honesty = result.Honesty,
            Quote = market.Quote,
            Base = market.Base,
            Path = outcome.Path,
            StartEquity = outcome.StartEquity,
            Equity = outcome.Equity,
            Profit = outcome.Profit,
            ProfitPercent = Percent(outcome.Profit, outcome.StartEquity),
            ClosedProfit = outcome.ClosedProfit,
            OpenProfit = outcome.Profit - outcome.ClosedProfit,
            Coins = outcome.Coins,
            Hold = outcome.Hold,
            HoldPercent = Percent(outcome.Hold, outcome.StartEquity),
            MaxDrawdown = outcome.MaxDrawdown,
            MaxDrawdownPercent = Percent(outcome.MaxDrawdown, outcome.StartEquity),
            MostFunds = outcome.MostFunds,
            Fees = outcome.Fees,
            Deals = outcome.Deals,
            AverageDealSeconds = times.Count > 0 ? (long)times.Average() : null,
            LongestDealSeconds = times.Count > 0 ? times.Max() : null,
            Other = other is null ? null : new(other.Path, other.Equity, other.Profit, other.MaxDrawdown, other.Fills.Count),
            Curve = outcome.Curve,
            Months = Months(outcome),
            Chart = Chart(series),
            FillCount = outcome.Fills.Count,
            Notes = [.. outcome.Notes.Take(MostNotes)],
            NotesLeftOut = Math.Max(0, outcome.Notes.Count - MostNotes),
        };
    }

    public static BacktestSummary Summary(BacktestReport report) =>
        new(
            report.Profit,
            report.ProfitPercent,
            report.HoldPercent,
            report.MaxDrawdownPercent,
            report.Deals.Count,
            report.Quote,
            report.Honesty.First,
            report.Honesty.Last,
            Name(report.Honesty.Candle),
            report.Honesty.EarlierRuns
        );

    /// <summary>1m, 4h, 1d; in minutes when it is none of those.</summary>
    public static string Name(TimeSpan interval) =>
        CandleFeed.Intervals.FirstOrDefault(i => i.Value == interval).Key ?? FormattableString.Invariant($"{interval.TotalMinutes:0.##}m");

    public static decimal Percent(decimal part, decimal whole) => whole > 0 ? Math.Round(part / whole * 100, 4) : 0;

    // The equity at the end of each month, from the curve; the last one ends with the run.
    private static List<BacktestMonth> Months(BacktestOutcome outcome)
    {
        var months = new List<BacktestMonth>();
        var before = outcome.StartEquity;
        var groups = outcome.Curve.GroupBy(p => Month(p.At.AddTicks(-1))).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            var end = i == groups.Count - 1 ? outcome.Equity : groups[i].Last().Equity;
            months.Add(new(groups[i].Key, end - before, Percent(end - before, before)));
            before = end;
        }

        return months;
    }

    private static DateOnly Month(DateTime at) => new(at.Year, at.Month, 1);

    // A deal's legs begin with its number: d3.base.1.
    private static List<long> DealTimes(IReadOnlyList<BacktestFill> fills) =>
        [
            .. fills
                .Where(f => f.Leg[0] == 'd' && f.Leg.Contains('.', StringComparison.Ordinal))
                .GroupBy(f => f.Leg[..f.Leg.IndexOf('.', StringComparison.Ordinal)])
                .Where(g => g.Any(f => f.Side == OrderSide.Sell))
                .Select(g => (long)(g.Last().At - g.First().At).TotalSeconds),
        ];

    private static BacktestChart Chart(CandleSeries series)
    {
        var step = Fitting(series, MostCandles);
        var (unit, candles) = (CandleSeries.Unit(series.PriceDecimals), new List<Candle>());
        var volumes = CandleSeries.Unit(series.VolumeDecimals);
        foreach (var c in series.Candles)
        {
            var at = DateTime.UnixEpoch.AddMilliseconds(c.At / (long)step.TotalMilliseconds * (long)step.TotalMilliseconds);
            var one = new Candle(at, c.Open / unit, c.High / unit, c.Low / unit, c.Close / unit, c.Volume / volumes);
            if (candles.Count > 0 && candles[^1].At == at)
            {
                var open = candles[^1];
                candles[^1] = open with
                {
                    High = Math.Max(open.High, one.High),
                    Low = Math.Min(open.Low, one.Low),
                    Close = one.Close,
                    Volume = open.Volume + one.Volume,
                };
            }
            else
            {
                candles.Add(one);
            }
        }

        return new((long)step.TotalSeconds, candles);
    }

    private static TimeSpan Fitting(CandleSeries series, int most)
    {
        if (series.Count == 0)
        {
            return Steps[0];
        }

        var span = TimeSpan.FromMilliseconds(series.Candles[^1].At - series.Candles[0].At);
        return Steps.FirstOrDefault(s => s >= series.Interval && span / s <= most, Steps[^1]);
    }
}
