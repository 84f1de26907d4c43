using System.Text.Json;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Tests.Bots.Dca;
using ExEngine.Tests.Bots.Grid;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Backtest;

public sealed class BacktestTests
{
    private static readonly BacktestSettings Settings = new()
    {
        Market = BotMarkets.Of(0.01m, 0.001m, 1),
        Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
        StartQuote = 5_000,
        Path = CandlePath.OpenLowHighClose,
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Need.Cases(40))];

    [Theory]
    [InlineData(CandlePath.OpenLowHighClose, "2.7810", "-1.03")]
    [InlineData(CandlePath.OpenHighLowClose, "3.7080", "0.00")]
    public void OneCandle_GivesWhatWasWorkedOnEachPath(CandlePath path, string gain, string coins)
    {
        var settings = Settings with
        {
            Market = BotMarkets.Of(0.01m, 0.01m),
            Fees = new(0.001m, 0, 0.001m, 0, FeeCoin.Quote),
            Path = path,
            Slippage = 0,
        };
        var bot = GridDrive.Example with { QuantityPerGrid = 1.03m, Investment = 1001 };

        var outcome = Backtester.Run(bot, settings, Walks.One(100, 103, 97, 101), "test").Outcome;

        (outcome.Coins - 5.15m).ShouldBe(decimal.Parse(coins));
        var hold = settings.StartQuote - 515 + (5.15m * 101);
        (outcome.Equity - hold).ShouldBe(decimal.Parse(gain));
    }

    [Fact]
    public void BotThatWaitsToBeAsked_IsRefused_InsteadOfEarningNothing() =>
        Should
            .Throw<ArgumentException>(() =>
                Backtester.Run(DcaExamples.Table with { Start = DcaStart.WhenAsked }, Settings, Walks.Random(1, 10), "test")
            )
            .Message.ShouldContain("Let it start at once");

    [Fact]
    public void Pessimistic_RunsBothPaths_AndReportsTheWorse()
    {
        var result = Backtester.Run(GridDrive.Example, Settings with { Path = CandlePath.Pessimistic }, Walks.Random(1, 2_000), "test");

        result.Outcome.Equity.ShouldBeLessThanOrEqualTo(result.Other!.Equity);
        new[] { result.Outcome.Path, result.Other.Path }.Order().ShouldBe([CandlePath.OpenHighLowClose, CandlePath.OpenLowHighClose]);
        result.Honesty.Gaps.ShouldBeGreaterThan(0);
        result.Honesty.LongestGap.ShouldBeGreaterThan(0);
        result.Honesty.Count.ShouldBe(2_000);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void PassingOverCandles_GivesTheSameByteForByte(int seed)
    {
        var series = Walks.Random(seed, 1_500);
        var settings = Varied(seed);
        foreach (var run in Runs(seed))
        {
            Text(run(settings, series)).ShouldBe(Text(run(settings with { Skips = false }, series)), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RunOnAPrefix_IsThePrefixOfTheRun(int seed)
    {
        var series = Walks.Random(seed, 1_500);
        var cut = new Random(seed).Next(1, 1_500);
        foreach (var run in Runs(seed))
        {
            var (whole, part) = (run(Varied(seed), series), run(Varied(seed), series.Prefix(cut)));
            Json(whole.Fills.Take(part.Fills.Count)).ShouldBe(Json(part.Fills), $"seed {seed}");
            Json(whole.Curve.Take(part.Curve.Count)).ShouldBe(Json(part.Curve), $"seed {seed}");
            Json(whole.Notes.Take(part.Notes.Count)).ShouldBe(Json(part.Notes), $"seed {seed}");
        }
    }

    [Fact]
    public void Runs_DoSomething()
    {
        var (grid, dca) = (Runs(3)[0](Settings, Walks.Random(3, 5_000)), Runs(3)[1](Settings, Walks.Random(3, 5_000)));
        grid.Deals.Count.ShouldBeGreaterThan(10);
        dca.Deals.Count.ShouldBeGreaterThan(3);
        grid.MaxDrawdown.ShouldBeGreaterThan(0);
        Runs(3)[2](Settings, Walks.Random(3, 5_000)).Deals.Count.ShouldBeGreaterThan(3);
        Runs(3)[3](Settings, Walks.Random(3, 5_000)).Deals.Count.ShouldBeGreaterThan(3);
        Runs(3)[4](Settings, Walks.Random(3, 1_000)).Deals.Count.ShouldBe(15, "The month's limit.");
    }

    [Fact]
    public void Condition_ActsAtTheOpenAfterItsClose_AndNotOnSmallerCandlesThanArePlayed()
    {
        // Eleven closes of 100, one of 98, and an open of 97 after it.
        var candles = Enumerable
            .Range(0, 14)
            .Select(i =>
                i switch
                {
                    12 => new ScaledCandle(Walks.Start + (i * 60_000), 10_000, 10_000, 9_800, 9_800, 0),
                    13 => new ScaledCandle(Walks.Start + (i * 60_000), 9_700, 9_700, 9_700, 9_700, 0),
                    _ => new ScaledCandle(Walks.Start + (i * 60_000), 10_000, 10_000, 10_000, 10_000, 0),
                }
            );
        var series = new CandleSeries([.. candles], TimeSpan.FromMinutes(1), 2, 2);
        var bot = DcaExamples.Table with
        {
            MaxSafetyOrders = 0,
            Start = DcaStart.Conditions,
            Conditions =
            [
                [
                    new()
                    {
                        Kind = IndicatorKind.Change,
                        Candle = "1m",
                        Level = -1,
                    },
                ],
            ],
        };
        var fill = Backtester.Run(bot, Settings with { Slippage = 0 }, series, "test").Outcome.Fills.ShouldHaveSingleItem();
        (fill.Price, fill.At).ShouldBe((97, BotMarkets.Start.AddMinutes(13)));

        var hours = new CandleSeries([], TimeSpan.FromHours(1), 2, 2);
        Should.Throw<ArgumentException>(() => Backtester.Run(bot, Settings, hours, "test")).Message.ShouldContain("play smaller ones");
    }

    [Fact]
    public void Equity_IsMoneyAndCoins_AndTheDrawdownIsThatOfAllCloses()
    {
        var series = Walks.Random(5, 3_000);
        var outcome = Runs(5)[0](Settings, series);
        var (peak, deepest, cash, coins, next) = (5_000m, 0m, 5_000m, 0m, 0);
        foreach (var candle in series.Candles)
        {
            // Fills inside a candle come before its close; what was held over its begin has been seen at the close before.
            for (
                ;
                next < outcome.Fills.Count && new DateTimeOffset(outcome.Fills[next].At).ToUnixTimeMilliseconds() < candle.At + 60_000;
                next++
            )
            {
                var fill = outcome.Fills[next];
                var sign = fill.Side == OrderSide.Buy ? 1 : -1;
                (cash, coins) = (cash - (sign * fill.Price * fill.Quantity) - fill.Fee, coins + (sign * fill.Quantity));
            }

            var equity = cash + (coins * candle.Close / 100);
            (peak, deepest) = (Math.Max(peak, equity), Math.Max(deepest, Math.Max(peak, equity) - equity));
        }

        (outcome.Cash, outcome.Coins).ShouldBe((cash, coins));
        outcome.MaxDrawdown.ShouldBe(deepest);
    }

    [Fact]
    public void LimitOrder_IsFilledOnlyWhenThePriceGoesThroughIt()
    {
        var bot = GridDrive.Example with { QuantityPerGrid = 1 };
        Backtester.Run(bot, Settings, Walks.One(100, 100, 98, 99), "test").Outcome.Fills.Count.ShouldBe(1);
        Backtester
            .Run(bot, Settings with { FillsThrough = false }, Walks.One(100, 100, 98, 99), "test")
            .Outcome.Fills.Count.ShouldBe(3, "the start, and 98 and 100 touched");
    }

    [Fact]
    public void StopGappedByTheOpen_FillsAtTheOpen()
    {
        var bot = DcaExamples.Table with
        {
            MaxSafetyOrders = 0,
            StopLoss = new() { Percent = 5 },
        };
        ScaledCandle[] candles =
        [
            new(Walks.Start, 10_000, 10_000, 9_990, 10_000, 0),
            new(Walks.Start + 60_000, 9_000, 9_100, 8_900, 9_000, 0),
        ];
        var series = new CandleSeries(candles, TimeSpan.FromMinutes(1), 2, 2);
        var fills = Backtester.Run(bot, Settings with { Slippage = 0 }, series, "test").Outcome.Fills;

        fills[1].Price.ShouldBe(90);
        fills[1].At.ShouldBe(BotMarkets.Start.AddMinutes(1));
    }

    [Fact]
    public void OpenBag_IsValued_AndClosedOnlyIsASecondNumber()
    {
        var bot = DcaExamples.Table with { MaxSafetyOrders = 0 };
        var outcome = Backtester.Run(bot, Settings with { Slippage = 0 }, Walks.One(100, 100, 70, 70), "test").Outcome;

        outcome.ClosedProfit.ShouldBe(0);
        outcome.Profit.ShouldBe(-30 - 0.1m - 0.07m);
    }

    [Fact]
    public void Orders_TakeNoMoreThanTheirShareOfTheVolume()
    {
        ScaledCandle[] candles =
        [
            new(Walks.Start, 10_000, 10_000, 10_000, 10_000, 0),
            new(Walks.Start + 60_000, 10_000, 10_000, 9_700, 9_750, 500),
            new(Walks.Start + 120_000, 9_750, 9_750, 9_700, 9_750, 500),
        ];
        var series = new CandleSeries(candles, TimeSpan.FromMinutes(1), 2, 2);
        var fills = Backtester.Run(GridDrive.Example with { QuantityPerGrid = 1 }, Settings, series, "test").Outcome.Fills;

        fills.Skip(1).Select(f => (f.Price, f.Quantity)).ShouldBe([(98, 0.5m), (98, 0.5m)]);
    }

    private static BacktestSettings Varied(int seed) =>
        Settings with
        {
            Path = (CandlePath)(1 + (seed % 3)),
            Fees = FeeRates.Flat(0.0005m * (seed % 4), (FeeCoin)(seed % 3)),
            FillsThrough = seed % 2 == 0,
            VolumeShare = seed % 5 == 0 ? 1 : 10,
        };

    private static List<Func<BacktestSettings, CandleSeries, BacktestOutcome>> Runs(int seed)
    {
        var grid = GridDrive.Example with
        {
            Lower = 96,
            Upper = 104,
            Grids = 20,
            Reserve = 2,
            TrailingUp = seed % 2 == 0,
            TrailFunds = (TrailFunds)(seed % 3),
            MaxActiveLines = seed % 4 == 0 ? 3 : null,
            StopLossPrice = seed % 3 == 0 ? 90 : null,
            TriggerPrice = seed % 5 == 0 ? 99 : null,
            ProfitCurrency = (ProfitCurrency)(seed % 2),
        };
        var dca = DcaExamples.Table with
        {
            Deviation = 0.3m,
            CooldownSeconds = seed % 3 * 90,
            TakeProfit = new()
            {
                Percent = 0.6m,
                Trailing = seed % 2 == 0 ? 0.2m : null,
                MinProfit = seed % 4 == 0 ? 0.1m : null,
            },
            StopLoss = seed % 3 == 1 ? new() { Percent = 3, TimeoutSeconds = seed % 2 * 120 } : null,
            MaxPrice = seed % 5 == 0 ? 101 : null,
            MaxSlippage = seed % 7 == 0 ? 0.01m : null,
        };
        var conditions = dca with
        {
            Start = DcaStart.Conditions,
            Conditions =
            [
                [
                    new()
                    {
                        Kind = IndicatorKind.Rsi,
                        Length = 5,
                        Candle = "5m",
                        Level = 45,
                    },
                    new()
                    {
                        Kind = IndicatorKind.Change,
                        Candle = "3m",
                        Level = 0.1m,
                    },
                ],
                [
                    new()
                    {
                        Kind = IndicatorKind.Change,
                        Candle = "1m",
                        Comparison = Comparison.CrossesDown,
                        Level = -0.15m,
                    },
                ],
            ],
        };
        var interval = dca with
        {
            Start = DcaStart.Interval,
            Schedule = new() { Every = RecurringEvery.Hour, At = new(0, 7) },
        };
        var recurring = BotDraft.Of(
            new RecurringSettings
            {
                Amount = 20,
                Every = RecurringEvery.Hour,
                MonthlyLimit = 300,
                SkipAbove = seed % 2 == 0 ? 0.5m : null,
            }
        );
        return
        [
            (s, c) => Backtester.Run(grid, s, c, "test").Outcome,
            (s, c) => Backtester.Run(dca, s, c, "test").Outcome,
            (s, c) => Backtester.Run(conditions, s, c, "test").Outcome,
            (s, c) => Backtester.Run(interval, s, c, "test").Outcome,
            (s, c) => Backtester.Run(recurring, s, c, "test").Outcome,
        ];
    }

    private static string Text(BacktestOutcome outcome) => Json(outcome);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ExactJson.Options);
}
