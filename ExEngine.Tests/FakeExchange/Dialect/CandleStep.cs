using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>The intervals of candles, in milliseconds.</summary>
internal static class CandleStep
{
    private const long Minute = 60_000;

    /// <exception cref="RefusedException">There are no such candles.</exception>
    public static long Of(string interval) =>
        interval switch
        {
            "1m" => Minute,
            "3m" => 3 * Minute,
            "5m" => 5 * Minute,
            "15m" => 15 * Minute,
            "30m" => 30 * Minute,
            "1h" => 60 * Minute,
            "2h" => 120 * Minute,
            "4h" => 240 * Minute,
            "6h" => 360 * Minute,
            "8h" => 480 * Minute,
            "12h" => 720 * Minute,
            "1d" => 1_440 * Minute,
            _ => throw RefusedException.Bad(-1120, "Invalid interval."),
        };
}
