using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Exchanges.MarketData;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Indicators;

public sealed class StartMathTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly StartCondition Falls = new()
    {
        Kind = IndicatorKind.Change,
        Candle = "1h",
        Level = -1,
    };

    [Fact]
    public void CloseOfTheLastCandle_Decides_UntilTheNext()
    {
        var look = Look([Falls], Noon.AddMinutes(59), Candles(20, last: 98));
        (look.Holds, look.ClosedAt, look.Until).ShouldBe((true, Noon, Noon.AddHours(1)));
        StartWords.Met(look).ShouldBe("change over 1 on 1h below -1 % (-2)");
        Look([Falls], Noon.AddTicks(-1), Candles(20, last: 98)).Holds.ShouldBeFalse("That candle was not over yet.");
    }

    [Fact]
    public void WhatIsLate_Missing_OrTooLittle_IsNotMet_AndSaid()
    {
        Say(Candles(20, last: 98), Noon.AddHours(1)).ShouldBe("the 1h candle that closed at 2026-03-01 13:00 UTC is not there yet");
        Say(Candles(9, last: 98), Noon).ShouldBe("10 1h candles are needed, and 9 are there");
        Say([.. Candles(20, last: 98).Where((_, i) => i != 15)], Noon).ShouldBe("1 of the last 10 1h candles are missing");
        StartMath
            .Look(
                [
                    [Falls],
                ],
                _ => default,
                Noon
            )
            .Groups[0][0]
            .Problem.ShouldBe("the 1h candles are being read");

        static string? Say(Candle[] candles, DateTime now)
        {
            var look = Look([Falls], now, candles);
            look.Holds.ShouldBeFalse();
            return look.Groups[0][0].Problem;
        }
    }

    [Fact]
    public void Value_IsCountedFromItsWarmUp_HoweverManyClosesThereAre()
    {
        var rsi = new StartCondition { Kind = IndicatorKind.Rsi, Level = 30 };
        rsi.WarmUp.ShouldBe(280);
        var random = new Random(1);
        double[] closes = [.. Enumerable.Range(0, 1000).Select(_ => 100 + random.NextDouble())];
        ConditionMath.Read(rsi, closes).Value.ShouldBe(ConditionMath.Read(rsi, closes.AsSpan(720)).Value);
        ConditionMath.Read(rsi, closes).Before.ShouldBe(ConditionMath.Read(rsi, closes.AsSpan(0, 999)).Value);
    }

    [Fact]
    public void Words_TellTheValueOfNow_AndHowFarItIs()
    {
        var rsi = new StartCondition { Kind = IndicatorKind.Rsi, Level = 30 };
        var look = StartMath.Look(
            [
                [rsi],
            ],
            _ => new(CandleCloses.Of(rsi.Size, Candles(300, last: 101)), null),
            Noon,
            99m
        );
        var now = look.Groups[0][0].Now!.Value;
        StartWords.Waits(look).ShouldBe($"RSI 14 on 1h below 30: now {Math.Round(now, 2)}, {Math.Round(now - 30, 2)} away");
        StartWords
            .Of(
                new()
                {
                    Kind = IndicatorKind.EmaCross,
                    Length = 50,
                    Slow = 200,
                    Candle = "4h",
                    Comparison = Comparison.CrossesUp,
                }
            )
            .ShouldBe("EMA 50 on 4h crossing up EMA 200");
    }

    private static StartLook Look(StartCondition[] group, DateTime now, Candle[] candles) =>
        StartMath.Look([group], c => new(CandleCloses.Of(c.Size, candles), null), now);

    // Up and down by one, so that RSI is in the middle.
    private static Candle[] Candles(int count, decimal last) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    (
                        At: Noon.AddHours(i - count),
                        Close: i == count - 1 ? last
                        : i == count - 2 ? 100m
                        : 100 + (i % 2)
                    )
                )
                .Select(c => new Candle(c.At, c.Close, c.Close, c.Close, c.Close, 1)),
        ];
}
