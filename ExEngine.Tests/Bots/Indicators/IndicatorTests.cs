using ExEngine.Core.Bots.Indicators;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Indicators;

public sealed class IndicatorTests
{
    /// <summary>Closes of the worked RSI example that charting schools print, with its first values.</summary>
    private static readonly double[] Closes =
    [
        44.3389,
        44.0902,
        44.1497,
        43.6124,
        44.3278,
        44.8264,
        45.0955,
        45.4245,
        45.8433,
        46.0826,
        45.8931,
        46.0328,
        45.6140,
        46.2820,
        46.2820,
        46.0028,
        46.0328,
        46.4116,
        46.2222,
        45.6439,
    ];

    [Fact]
    public void Rsi_IsWilders()
    {
        var rsi = IndicatorMath.Rsi(Closes, 14);
        rsi[13].ShouldBe(double.NaN);
        rsi[14].ShouldBe(70.53, 0.01);
        rsi[15].ShouldBe(66.32, 0.01);
        rsi[16].ShouldBe(66.55, 0.01);
        rsi[17].ShouldBe(69.41, 0.01);
        rsi[18].ShouldBe(66.36, 0.01);
        rsi[19].ShouldBe(57.97, 0.01);
        IndicatorMath.Rsi([1, 2, 3, 4], 2)[^1].ShouldBe(100);
    }

    [Fact]
    public void Averages_AreSeededBySma()
    {
        IndicatorMath.Sma([1, 2, 3, 4], 2).Skip(1).ShouldBe([1.5, 2.5, 3.5]);
        IndicatorMath.Ema([1, 2, 3, 4], 3).Skip(2).ShouldBe([2, 3]);
        IndicatorMath.Rma([1, 2, 3, 7], 3).Skip(2).ShouldBe([2, (7.0 / 3) + (2 * 2.0 / 3)], 1e-12);
    }

    [Fact]
    public void Bollinger_UsesThePopulationsDeviation()
    {
        // Mean 5, deviation 2 over 2, 4, 4, 4, 5, 5, 7, 9.
        IndicatorMath.BollingerPercent([2, 4, 4, 4, 5, 5, 7, 9], 8, 2)[^1].ShouldBe(1, 1e-12);
        IndicatorMath.BollingerPercent([3, 3], 2, 2)[^1].ShouldBe(0.5);
    }

    [Fact]
    public void Macd_OfAStraightLine_IsSevenTimesItsSlope()
    {
        var line = Enumerable.Range(0, 100).Select(i => (double)i).ToArray();
        var (macd, signal) = IndicatorMath.Macd(line);
        macd[24].ShouldBe(double.NaN);
        macd[^1].ShouldBe(7, 1e-9);
        signal[32].ShouldBe(double.NaN);
        signal[^1].ShouldBe(7, 1e-9);
    }

    [Fact]
    public void Condition_IsKnownAfterItsWarmUp_AndCrossesOnOneClose()
    {
        var condition = new StartCondition
        {
            Kind = IndicatorKind.Change,
            Candle = "5m",
            Length = 1,
            Comparison = Comparison.CrossesDown,
            Level = -1,
        };
        double[] closes = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 98];
        ConditionMath.Read(condition, closes.AsSpan(0, 9)).Value.ShouldBeNull();
        var now = ConditionMath.Read(condition, closes);
        (now.Holds, now.ClosesSinceTrue).ShouldBe((true, 0));
        now.Value!.Value.ShouldBe(-2, 1e-9);
        now.Distance!.Value.ShouldBe(1, 1e-9);

        var later = ConditionMath.Read(condition, [.. closes, 96, 97]);
        (later.Holds, later.ClosesSinceTrue).ShouldBe((false, 2));
    }

    [Fact]
    public void Groups_AreAndWithin_AndOrBetween()
    {
        var (yes, no) = (new ConditionReading(1, 1, 0, true, 0), new ConditionReading(1, 1, 0, false, null));
        var (a, b) = (Of(1), Of(2));
        ConditionMath
            .Hold(
                [
                    [a, b],
                ],
                c => c == a ? yes : no
            )
            .ShouldBeFalse();
        ConditionMath
            .Hold(
                [
                    [b],
                    [a],
                ],
                c => c == a ? yes : no
            )
            .ShouldBeTrue();
        ConditionMath
            .Hold(
                [
                    [],
                ],
                _ => yes
            )
            .ShouldBeFalse();
    }

    private static StartCondition Of(int length) =>
        new()
        {
            Kind = IndicatorKind.Rsi,
            Candle = "1m",
            Length = length,
        };
}
