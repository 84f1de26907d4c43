using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Suggestions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Suggestions;

public sealed class SuggestionMathTests
{
    private static readonly Movement Usual = new(Sigma: 20, AtrHour: 0.8m, AtrFourHours: 1.6m, AtrDay: 4, WorstFall: 30);

    private static readonly BotContext Context = new()
    {
        Market = BotMarkets.Of(0.01m, 0.001m, 5),
        Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
        Now = BotMarkets.Start,
        Price = 100,
    };

    [Fact]
    public void Grid_IsZTimesSigmaWide_WithSpacingAboveTheBreakEven()
    {
        // P·e^(±1.5·0.2) = 74.08 and 134.98, which is more than 1.5 times; 3 · 0.2002 % = 0.6006 % is more than half of 0.8 %.
        var grid = SuggestionMath.Grid(Usual, Context, 10_000, Boldness.Middle).Draft.Grid!;
        (grid.Lower, grid.Upper, grid.Spacing, grid.Investment).ShouldBe((74.08m, 134.98m, GridSpacing.Geometric, 10_000));
        grid.Grids.ShouldBe(100, "ln(134.98/74.08)/ln(1.006006) = 100.2");
        var careful = SuggestionMath.Grid(Usual, Context, 10_000, Boldness.Careful).Draft.Grid!;
        (careful.Lower < grid.Lower && careful.Upper > grid.Upper).ShouldBeTrue();
        SuggestionMath.Grid(Usual with { Sigma = 5 }, Context, 10_000, Boldness.Bold).Draft.Grid!.Spacing.ShouldBe(GridSpacing.Arithmetic);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(200)]
    [InlineData(5_000)]
    public void Suggestions_CanBeStarted_AndTakeNoMoreThanTheBudget(int budget)
    {
        foreach (var boldness in Enum.GetValues<Boldness>())
        {
            foreach (var draft in (BotDraft[])[Grid(boldness), Dca(boldness)])
            {
                var (read, errors) = BotDraft.Read(draft.Kind, draft.Settings);
                errors.ShouldBeEmpty();
                var preview = BotOutlook.Of(read!, Context).Preview;
                preview.Problems.ShouldBeEmpty($"{draft.Kind} {boldness}");
                preview.Lines.ShouldAllBe(l => l.Problem == null);
                preview.FundsWorst.ShouldBeLessThanOrEqualTo(budget);
            }
        }

        BotDraft Grid(Boldness how) => SuggestionMath.Grid(Usual, Context, budget, how).Draft;

        BotDraft Dca(Boldness how) => SuggestionMath.Dca(Usual, Context, budget, how).Draft;
    }

    [Fact]
    public void Dca_ReachesTheWorstFall_ByStepsOfFourHoursRange()
    {
        var dca = SuggestionMath.Dca(Usual, Context, 5_000, Boldness.Middle).Draft.Dca!;
        dca.Deviation.ShouldBe(1.6m);
        DcaLadder.Steps(dca)[^1].Deviation.ShouldBeInRange(30, 30.5m);
        dca.TakeProfit.Percent.ShouldBe(0.6m, "Three times 0.2 % is more than 0.7 · 0.8 %.");
        SuggestionMath.Dca(Usual with { AtrHour = 2 }, Context, 5_000, Boldness.Middle).Draft.Dca!.TakeProfit.Percent.ShouldBe(1.4m);
    }

    [Fact]
    public void Movement_IsThatOfTheCandles()
    {
        // Up and down by 1 % each hour: the deviation of ln returns is about ln 1.01 = 0.00995; over 720 hours 26.7 %.
        var wave = Series(720, i => i % 2 == 0 ? 10_000 : 10_100);
        VolatilityMath.Sigma(wave, 30).ShouldBe(26.72m, 0.05m);
        VolatilityMath.Atr(wave, 14).ShouldBe(100m / 101, 0.02m);
        VolatilityMath.WorstFall(wave, 720).ShouldBe(100m / 101, 0.01m);

        // It falls from 100 to 60 within 50 hours, and that counts only where so many are looked back.
        var fall = Series(200, i => i < 100 ? 10_000 : Math.Max(6_000, 10_000 - ((i - 100) * 80)));
        VolatilityMath.WorstFall(fall, 60).ShouldBe(40, 0.01m);
        VolatilityMath.WorstFall(fall, 10).ShouldBeLessThan(13);
        VolatilityMath.WorstFall(Series(50, i => 10_000 + i), 30).ShouldBe(0);
        fall.Larger(TimeSpan.FromHours(4)).Count.ShouldBe(50);
    }

    private static CandleSeries Series(int count, Func<int, int> close) =>
        new(
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => new ScaledCandle(
                        new DateTimeOffset(BotMarkets.Start.Date).ToUnixTimeMilliseconds() + (i * 3_600_000L),
                        close(i),
                        close(i),
                        close(i),
                        close(i),
                        0
                    )),
            ],
            TimeSpan.FromHours(1),
            2,
            2
        );
}
