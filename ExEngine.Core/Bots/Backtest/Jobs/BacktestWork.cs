using System.Text.Json;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>Does a backtest that was asked for.</summary>
public sealed class BacktestWork(BacktestStages stages, BacktestService service)
{
    private const int OfReading = 60;

    public async Task<JobResult> RunAsync(BacktestJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.Deserialize<BacktestInput>(job.Ask, ExactJson.Options)!;
        var (draft, _) = BotDraft.Read(input.Kind, input.Settings?.GetRawText());
        var stage = await stages.SetAsync(
            job.UserId,
            input,
            draft!,
            (percent, step) => progress.Tell(percent * OfReading / 100, step),
            cancellationToken
        );
        var earlier = await service.EarlierRunsAsync(job, cancellationToken);

        // Arithmetic for seconds: a thread of its own, so that no alert waits for one of the pool.
        return await Task.Factory.StartNew(
            () => Play(draft!, stage, earlier, progress, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    private static JobResult Play(
        BotDraft draft,
        BacktestStage stage,
        int earlier,
        JobProgress progress,
        CancellationToken cancellationToken
    )
    {
        progress.Tell(OfReading, "Playing");
        var result = Backtester.Run(
            draft,
            stage.Settings,
            stage.Series,
            stage.Source,
            earlier,
            share => progress.Tell(OfReading + (int)(share * (100 - OfReading)), "Playing"),
            cancellationToken
        );
        var report = ReportMath.Of(result, stage.Series, stage.Market);
        return new(Text(ReportMath.Summary(report)), Text(report), Text(result.Outcome.Fills));
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ExactJson.Options);
}

/// <summary>Each as JSON.</summary>
public sealed record JobResult(string Summary, string Result, string? Fills);
