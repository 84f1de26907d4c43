using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Preview;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>Plays a bot on the past: the planner that trades, on candles, with an exchange in memory.</summary>
public static class Backtester
{
    /// <param name="earlierRuns">Results on this data before this one, for <see cref="BacktestHonesty.EarlierRuns"/>.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <exception cref="ArgumentException">Candles tell nothing of its starts: it waits to be asked.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BacktestResult Run(
        DcaSettings bot,
        BacktestSettings settings,
        CandleSeries series,
        string source,
        int earlierRuns = 0,
        Action<decimal>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (bot.Start == DcaStart.WhenAsked)
        {
            // It would end without a deal and look like a bot that earned nothing.
            throw new ArgumentException(
                "A bot that starts when it is asked, by a person or a webhook, cannot be played on candles. "
                    + "Let it start at once to see how its deals would have gone.",
                nameof(bot)
            );
        }

        return Run(
            () => new DcaBacktestBot(bot, new BacktestStarts(bot, settings, series)),
            settings,
            series,
            source,
            earlierRuns,
            progress,
            cancellationToken
        );
    }

    /// <inheritdoc cref="Run(DcaSettings,BacktestSettings,CandleSeries,string,int,Action{decimal},CancellationToken)"/>
    public static BacktestResult Run(
        GridSettings bot,
        BacktestSettings settings,
        CandleSeries series,
        string source,
        int earlierRuns = 0,
        Action<decimal>? progress = null,
        CancellationToken cancellationToken = default
    ) => Run(() => new GridBacktestBot(bot), settings, series, source, earlierRuns, progress, cancellationToken);

    /// <inheritdoc cref="Run(DcaSettings,BacktestSettings,CandleSeries,string,int,Action{decimal},CancellationToken)"/>
    public static BacktestResult Run(
        BotDraft bot,
        BacktestSettings settings,
        CandleSeries series,
        string source,
        int earlierRuns = 0,
        Action<decimal>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        bot switch
        {
            { Dca: { } dca } => Run(dca, settings, series, source, earlierRuns, progress, cancellationToken),
            { Grid: { } grid } => Run(grid, settings, series, source, earlierRuns, progress, cancellationToken),
            _ => Run(() => new RecurringBacktestBot(bot.Recurring!), settings, series, source, earlierRuns, progress, cancellationToken),
        };

    private static BacktestResult Run(
        Func<BacktestBot> bot,
        BacktestSettings settings,
        CandleSeries series,
        string source,
        int earlierRuns,
        Action<decimal>? progress,
        CancellationToken cancellationToken
    )
    {
        CandlePath[] paths =
            settings.Path == CandlePath.Pessimistic ? [CandlePath.OpenLowHighClose, CandlePath.OpenHighLowClose] : [settings.Path];
        var outcomes = paths.Select((p, i) => new BacktestRun(settings, series, bot(), p).Run(Share(i), cancellationToken)).ToList();
        var worse = outcomes.MinBy(o => o.Equity)!;
        return new(Honesty(settings, series, source, earlierRuns), worse, outcomes.FirstOrDefault(o => o != worse));

        Action<decimal>? Share(int path) => progress is null ? null : share => progress((path + share) / paths.Length);
    }

    private static BacktestHonesty Honesty(BacktestSettings settings, CandleSeries series, string source, int earlierRuns)
    {
        var (gaps, longest) = series.Gaps();
        return new()
        {
            Source = source,
            Exchange = settings.Market.Exchange,
            Symbol = settings.Market.Symbol,
            Candle = series.Interval,
            First = series.Count > 0 ? DateTime.UnixEpoch.AddMilliseconds(series.Candles[0].At) : null,
            Last = series.Count > 0 ? DateTime.UnixEpoch.AddMilliseconds(series.Candles[^1].At) : null,
            Count = series.Count,
            Gaps = gaps,
            LongestGap = longest,
            Fees = settings.Fees,
            FeeSource = settings.FeeSource,
            Slippage = settings.Slippage,
            VolumeShare = settings.VolumeShare,
            FillsThrough = settings.FillsThrough,
            Path = settings.Path,
            StartQuote = settings.StartQuote,
            StartBase = settings.StartBase,
            Version = typeof(Backtester).Assembly.GetName().Version?.ToString(3) ?? "",
            EarlierRuns = earlierRuns,
        };
    }
}

/// <param name="Outcome">The path that is reported: of two the worse.</param>
/// <param name="Other">The better of two.</param>
public sealed record BacktestResult(BacktestHonesty Honesty, BacktestOutcome Outcome, BacktestOutcome? Other);
