using System.Text.Json;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Sweep;
using ExEngine.Core.Text;
using ExEngine.Tests.Bots.Backtest;
using ExEngine.Tests.Bots.Grid;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Sweep;

public sealed class SweepTests
{
    private static readonly BacktestSettings Settings = new()
    {
        Market = BotMarkets.Of(0.01m, 0.001m, 1),
        Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
        StartQuote = 5_000,
        Path = CandlePath.OpenLowHighClose,
        CurveStep = TimeSpan.FromHours(1),
    };

    private static readonly SweepInput Input = new() { Parameters = [new("grids", 4, 12, 2), new("lower", Values: [88m, 90m, 92.5m])] };

    [Fact]
    public void Grid_TriesEveryCombination_OnTwoWindows_TheSameEachTime()
    {
        var (one, two) = (Run(Input), Run(Input));

        (one.Tried, one.Invalid).ShouldBe((15, 0));
        Text(one).ShouldBe(Text(two));
        one.Map!.Cells.Count.ShouldBe(15);
        one.Top[0].ShouldBe(one.Best);
        one.Top.Select(r => r.TrainScore!.Value).ShouldBeInOrder(SortDirection.Descending);
        BotDraft.Read("grid", one.BestSettings).Draft!.Grid!.Grids.ShouldBe((int)one.Best!.Values[0]);
        one.Neighbours.ShouldAllBe(n => Math.Abs(n.Point[0] - one.Best.Point[0]) + Math.Abs(n.Point[1] - one.Best.Point[1]) == 1);
    }

    [Fact]
    public void Windows_AreTheFirstSeventyPercentAndTheRest()
    {
        var series = Walks.Random(3, 1000);
        var report = Run(Input with { Parameters = [new("grids", Values: [10m])] }, series);
        var draft = Sweeper.Draft(
            "grid",
            BotText.Of(GridDrive.Example),
            [new("grids")],
            [0],
            [
                [10m],
            ]
        )!;
        var test = Backtester.Run(draft, Settings, series.After(700), "test").Outcome;

        report.TestFrom.ShouldBe(DateTime.UnixEpoch.AddMilliseconds(series.Candles[700].At));
        report.Best!.Test.ProfitPercent.ShouldBe(ReportMath.Percent(test.Profit, test.StartEquity));
        report.Map.ShouldBeNull();
    }

    [Fact]
    public void Random_DrawsByItsSeed_AndEachOnce()
    {
        var input = Input with { Method = SweepMethod.Random, Runs = 7, Seed = 9 };
        var points = SweepMath.Points(input).Select(p => string.Join(',', p)).ToList();

        points.Count.ShouldBe(7);
        points.ShouldBeUnique();
        points.ShouldBe(SweepMath.Points(input).Select(p => string.Join(',', p)));
        points.ShouldNotBe(SweepMath.Points(input with { Seed = 10 }).Select(p => string.Join(',', p)));
    }

    [Fact]
    public void CombinationsThatAreNoSettings_AreCountedAndNotPlayed()
    {
        var report = Run(Input with { Parameters = [new("lower", Values: [90m, 200m])] });

        (report.Tried, report.Invalid).ShouldBe((1, 1));
    }

    [Fact]
    public void Limits_KeepSettingsFromBeingChosen()
    {
        var report = Run(Input with { MaxFunds = 0.01m });

        report.Best.ShouldBeNull();
        report.Warnings[0].ShouldContain("limits");

        // What is not there is left out of the JSON, and read all the same.
        JsonSerializer.Deserialize<SweepReport>(Text(report), ExactJson.Options)!.Best.ShouldBeNull();
    }

    [Fact]
    public void Spike_AndWorseTest_AreWarnedOf()
    {
        var best = Of(1, train: 10, test: 1);
        var warnings = SweepMath.Warnings(best, [Of(0, 1, 1), Of(2, 2, 1)], 70);

        warnings.Count.ShouldBe(2);
        warnings[0].ShouldContain("fitted to the past");
        warnings[1].ShouldContain("spike");
        SweepMath.Warnings(Of(1, 10, 4), [Of(0, 9, 4), Of(2, 8, 4)], 70).ShouldBeEmpty();
    }

    [Fact]
    public void MonteCarlo_KeepsTheSum_ShuffledDaysOnlyChangeTheWay()
    {
        var at = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);
        var curve = Enumerable.Range(0, 30).Select(i => new BacktestPoint(at.AddDays(i), 1000 + (i % 3 * 10) + i, 1)).ToList();
        var result = MonteCarloMath.Of(curve, 1000, 4)!;

        (result.Profit.P5 <= result.Profit.P50 && result.Profit.P50 <= result.Profit.P95).ShouldBeTrue();
        (result.Drawdown.P5 <= result.Drawdown.P50 && result.Drawdown.P50 <= result.Drawdown.P95).ShouldBeTrue();
        result.Drawdown.P5.ShouldBeGreaterThan(0);
        MonteCarloMath.Of(curve, 1000, 4).ShouldBe(result);
        MonteCarloMath.Of(curve.Take(5).ToList(), 1000, 4).ShouldBeNull();
    }

    private static SweepRun Of(int x, decimal train, decimal test) =>
        new([x], [x], new(train, 1, 1, 1, 1), new(test, 1, 1, 1, 1), train, test);

    private static SweepReport Run(SweepInput input, CandleSeries? series = null) =>
        Sweeper.Run(
            input,
            "grid",
            BotText.Of(GridDrive.Example),
            new(Settings, series ?? Walks.Random(2, 2_000), "test", Settings.Market),
            0,
            null,
            CancellationToken.None
        );

    private static string Text(SweepReport report) => JsonSerializer.Serialize(report, ExactJson.Options);
}
