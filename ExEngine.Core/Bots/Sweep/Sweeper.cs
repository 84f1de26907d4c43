using System.Globalization;
using System.Text.Json.Nodes;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>
/// Plays many settings on the first part of a series and on the rest, on all cores. The result does not depend on how many there are.
/// </summary>
public static class Sweeper
{
    private const int Shown = 25;

    /// <param name="settings">JSON of the bot's settings, for what no parameter says.</param>
    /// <param name="progress">Told how many settings are played.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SweepReport Run(
        SweepInput input,
        string kind,
        string settings,
        BacktestStage stage,
        int earlierRuns,
        Action<int>? progress,
        CancellationToken cancellationToken
    )
    {
        var values = input.Parameters.Select(p => SweepMath.Values(p)!).ToList();
        var tries = SweepMath
            .Points(input)
            .Select(point => (Point: point, Draft: Draft(kind, settings, input.Parameters, point, values)))
            .ToList();
        var valid = tries.Where(t => t.Draft is not null).ToList();
        var split = stage.Series.Count * input.TrainPercent / 100;
        var (train, test) = (stage.Series.Prefix(split), stage.Series.After(split));
        var runs = new SweepRun[valid.Count];
        var done = 0;
        Parallel.For(
            0,
            valid.Count,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                var (point, draft) = valid[i];
                var (before, after) = (
                    Window(Play(draft!, stage, train, cancellationToken)),
                    Window(Play(draft!, stage, test, cancellationToken))
                );
                runs[i] = new(
                    point,
                    [.. point.Select((v, p) => values[p][v])],
                    before,
                    after,
                    SweepMath.Score(input, before),
                    SweepMath.Score(input, after)
                );
                progress?.Invoke(Interlocked.Increment(ref done));
            }
        );
        var best = SweepMath.Best(runs);
        var chosen = best is null ? null : Draft(kind, settings, input.Parameters, best.Point, values);
        var whole = Play(chosen ?? valid.FirstOrDefault().Draft, stage, stage.Series, cancellationToken, earlierRuns);
        var neighbours = best is null ? [] : SweepMath.Neighbours(best, runs);
        return new()
        {
            Honesty = whole?.Honesty ?? throw new ArgumentException("No combination makes valid settings; try other values."),
            Quote = stage.Market.Quote,
            Parameters = input.Parameters,
            Tried = valid.Count,
            Invalid = tries.Count - valid.Count,
            TestFrom = test.Count > 0 ? DateTime.UnixEpoch.AddMilliseconds(test.Candles[0].At) : null,
            Best = best,
            BestSettings = chosen?.Settings,
            Neighbours = neighbours,
            Warnings = SweepMath.Warnings(best, neighbours, input.TrainPercent),
            Top = [.. runs.Where(r => r.TrainScore is not null).OrderByDescending(r => r.TrainScore).Take(Shown)],
            Map = SweepMath.Map(input.Parameters, runs),
            MonteCarlo = best is null ? null : MonteCarloMath.Of(whole.Outcome.Curve, whole.Outcome.StartEquity, input.Seed),
        };
    }

    /// <summary>The settings with the values of a point; null when they are none.</summary>
    public static BotDraft? Draft(
        string kind,
        string settings,
        IReadOnlyList<SweepParameter> parameters,
        int[] point,
        IReadOnlyList<IReadOnlyList<decimal>> values
    )
    {
        var all = (JsonObject)JsonNode.Parse(settings)!;
        for (var i = 0; i < parameters.Count; i++)
        {
            var value = values[i][point[i]];

            // Whole numbers are no texts in settings, and amounts are.
            JsonNode node =
                value == Math.Floor(value) && Math.Abs(value) < int.MaxValue
                    ? JsonValue.Create((int)value)
                    : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
            var path = parameters[i].Path.Split('.');
            var group = all;
            foreach (var name in path[..^1])
            {
                group = group[name] as JsonObject ?? (JsonObject)(group[name] = new JsonObject());
            }

            group[path[^1]] = node;
        }

        return BotDraft.Read(kind, all.ToJsonString(ExactJson.Options)).Draft;
    }

    private static BacktestResult? Play(
        BotDraft? draft,
        BacktestStage stage,
        CandleSeries series,
        CancellationToken cancellationToken,
        int earlierRuns = 0
    ) =>
        draft is null
            ? null
            : Backtester.Run(draft, stage.Settings, series, stage.Source, earlierRuns, cancellationToken: cancellationToken);

    private static SweepWindow Window(BacktestResult? result) =>
        result is { Outcome: var outcome }
            ? new(
                ReportMath.Percent(outcome.Profit, outcome.StartEquity),
                ReportMath.Percent(outcome.MaxDrawdown, outcome.StartEquity),
                outcome.MostFunds,
                outcome.Deals.Count,
                outcome.Fills.Count
            )
            : new(0, 0, 0, 0, 0);
}
