using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>Asks for sweeps, and does them.</summary>
public sealed class SweepWork(BotGrounds grounds, BacktestStages stages, BacktestService service)
{
    private const int OfReading = 20;

    public async Task<JobAnswer> CreateAsync(Guid userId, SweepInput input, CancellationToken cancellationToken)
    {
        // JSON may say null where a list is meant.
        input = input with
        {
            Parameters = input.Parameters ?? [],
        };
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var field in new SweepInputValidator().Validate(input).Errors.GroupBy(e => e.PropertyName))
        {
            errors[field.Key] = [.. field.Select(e => e.ErrorMessage)];
        }

        if (input.Backtest is not { } backtest)
        {
            return new JobAnswer.Invalid(errors);
        }

        var (settled, draft, wrong) = service.Check(userId, backtest);
        foreach (var (field, messages) in wrong)
        {
            errors[$"backtest.{field}"] = messages;
        }

        var found = await grounds.FindAsync(userId, backtest.AccountId, backtest.Symbol, cancellationToken);
        if (found is BotGroundResult.NotFound)
        {
            return new JobAnswer.NotFound();
        }

        if (found is BotGroundResult.Invalid invalid)
        {
            foreach (var (field, messages) in invalid.Errors)
            {
                errors[$"backtest.{field}"] = messages;
            }
        }

        if (errors.Count == 0 && draft is not null && Unknown(input, draft) is { } unknown)
        {
            errors["parameters"] = [unknown];
        }

        if (errors.Count > 0 || draft is null || found is not BotGroundResult.Found { Ground: var ground })
        {
            return new JobAnswer.Invalid(errors);
        }

        var ask = input with { Backtest = settled };
        var runs = SweepMath.Points(input).Count;
        return await service.StoreAsync(userId, JobKind.Sweep, draft.Kind, ask, settled, ground, runs, cancellationToken);
    }

    public async Task<JobResult> RunAsync(BacktestJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.Deserialize<SweepInput>(job.Ask, ExactJson.Options)!;
        var backtest = input.Backtest!;
        var settings = backtest.Settings!.Value.GetRawText();
        var draft = BotDraft.Read(backtest.Kind, settings).Draft!;
        var stage = await stages.SetAsync(
            job.UserId,
            backtest,
            Largest(input, draft),
            (percent, step) => progress.Tell(percent * OfReading / 100, step),
            cancellationToken
        );
        var earlier = await service.EarlierRunsAsync(job, cancellationToken);
        return await Task.Factory.StartNew(
            () =>
            {
                var report = Sweeper.Run(input, backtest.Kind!, settings, stage, earlier, Told, cancellationToken);
                return new JobResult(Text(Summary(report)), Text(report), null);
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        void Told(int done) =>
            progress.Tell(
                OfReading + (done * (100 - OfReading) / job.Runs),
                string.Create(CultureInfo.InvariantCulture, $"Playing: {done:N0} of {job.Runs:N0} settings")
            );
    }

    // All are played with one start balance, so that they can be compared: what the largest investment takes, where none is stated.
    private static BotDraft Largest(SweepInput input, BotDraft draft)
    {
        var at = input.Parameters.ToList().FindIndex(p => p.Path is "investment" or "amount");
        return at < 0
            ? draft
            : Sweeper.Draft(
                draft.Kind,
                draft.Settings,
                [input.Parameters[at]],
                [0],
                [
                    [SweepMath.Values(input.Parameters[at])!.Max()],
                ]
            ) ?? draft;
    }

    private static SweepSummary Summary(SweepReport report) =>
        new(report.Tried, report.Best?.Train.ProfitPercent, report.Best?.Test.ProfitPercent, report.Warnings.Count);

    // Tried with its first value, a name that is no setting is told before anything runs.
    private static string? Unknown(SweepInput input, BotDraft draft)
    {
        foreach (var parameter in input.Parameters)
        {
            var values = SweepMath.Values(parameter)!;
            var any = Enumerable
                .Range(0, values.Count)
                .Any(i => Sweeper.Draft(draft.Kind, draft.Settings, [parameter], [i], [values]) is not null);
            if (!any)
            {
                return $"\"{parameter.Path}\" with these values makes no valid settings; name a number among the settings, and values that it may have.";
            }
        }

        return null;
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ExactJson.Options);
}

/// <summary>For lists. Percent of the start.</summary>
public sealed record SweepSummary(int Tried, decimal? TrainPercent, decimal? TestPercent, int Warnings);
