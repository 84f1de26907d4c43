using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Indicators;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>What the conditions of a start say in one run: a close is known from its time on, and never before.</summary>
internal sealed class BacktestStarts
{
    private readonly DcaSettings _settings;
    private readonly Dictionary<TimeSpan, CandleView> _candles = [];
    private StartLook? _look;

    /// <exception cref="ArgumentException">A condition's candles are smaller than those that are played.</exception>
    public BacktestStarts(DcaSettings settings, BacktestSettings run, CandleSeries series)
    {
        _settings = settings;
        foreach (var size in Sizes(settings))
        {
            if (Problem(size, series.Interval) is { } problem)
            {
                throw new ArgumentException(problem, nameof(settings));
            }

            var closes = run.Closes.GetValueOrDefault(size) ?? CandleCloses.Of(size, series);
            _candles.Add(size, new(closes, null));
        }
    }

    /// <summary>Sizes of the candles that a start looks at.</summary>
    public static IReadOnlyList<TimeSpan> Sizes(DcaSettings settings) =>
        settings.Start == DcaStart.Conditions ? [.. settings.Conditions.SelectMany(g => g).Select(c => c.Size).Distinct()] : [];

    /// <summary>Why conditions on candles of a size cannot be played on others; null when they can.</summary>
    public static string? Problem(TimeSpan size, TimeSpan interval) =>
        size >= interval && size.Ticks % interval.Ticks == 0
            ? null
            : $"A condition is on {CandleSizes.NameOf(size)} candles, which the candles that are played do not make up; play smaller ones.";

    /// <param name="now">UTC, not before the one of the last call.</param>
    public StartLook? At(DateTime now)
    {
        if (_candles.Count > 0 && (_look is null || now >= _look.Until))
        {
            _look = StartMath.Look(_settings.Conditions, c => _candles[c.Size], now);
        }

        return _look;
    }
}
