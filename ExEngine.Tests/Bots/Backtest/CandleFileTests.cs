using System.Text;
using ExEngine.Core.Bots.Backtest;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Backtest;

public sealed class CandleFileTests
{
    [Fact]
    public void File_GivesBackWhatWasWritten()
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            var series = Walks.Random(1, 500);
            CandleFile.Write(path, series);
            var read = CandleFile.Read(path);

            read.Candles.ToArray().ShouldBe(series.Candles.ToArray());
            (read.Interval, read.PriceDecimals, read.VolumeDecimals).ShouldBe((TimeSpan.FromMinutes(1), 2, 2));

            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
            Should.Throw<InvalidDataException>(() => CandleFile.Read(path)).Message.ShouldContain("is cut off");
            File.WriteAllText(path, "candles");
            Should.Throw<InvalidDataException>(() => CandleFile.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Csv_IsReadExactly_WithOrWithoutNames()
    {
        var series = CandleCsv.Parse(
            "time,open,high,low,close,volume\n1761955200,100.5,101,99.25,100,12.5\r\n1761955260000,100,100,100,100,0,more\n"u8,
            2,
            3
        );

        series
            .Candles.ToArray()
            .ShouldBe([
                new(1_761_955_200_000, 10_050, 10_100, 9_925, 10_000, 12_500),
                new(1_761_955_260_000, 10_000, 10_000, 10_000, 10_000, 0),
            ]);
        series.Interval.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("1,100.123,101,99,100,1", "Line 1, field 2")]
    [InlineData("1,100,101,99,100", "Line 1, field 6")]
    [InlineData("1,100,99,98,100,1", "between low and high")]
    [InlineData("2,100,101,99,100,1\n1,100,101,99,100,1", "Line 2: candles come in order")]
    [InlineData("1,1e2,101,99,100,1", "Line 1, field 2")]
    public void Csv_ThatIsNoCandles_IsRefusedWithItsLine(string text, string expected) =>
        Should.Throw<FormatException>(() => CandleCsv.Parse(Encoding.UTF8.GetBytes(text), 2, 2)).Message.ShouldContain(expected);
}
