using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>Settings that a backtest or a sweep of the user has played: another backtest, or a bot, begins with them.</summary>
public sealed class TriedSettings(BacktestService service)
{
    /// <returns>As it was asked for; null when there is no such backtest of the user.</returns>
    public async Task<BacktestInput?> OfBacktestAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        await service.FindAsync(userId, JobKind.Backtest, id, cancellationToken) is { } job
            ? JsonSerializer.Deserialize<BacktestInput>(job.Ask, ExactJson.Options)
            : null;

    /// <returns>With the settings that were the best; as asked for when none kept the limits, null without a result.</returns>
    public async Task<BacktestInput?> BestOfAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        if (await service.FindAsync(userId, JobKind.Sweep, id, cancellationToken) is not { Result: { } result } job)
        {
            return null;
        }

        var best = JsonSerializer.Deserialize<SweepReport>(result, ExactJson.Options)!.BestSettings;
        var asked = Asked(job).Backtest!;
        return best is null ? asked : With(asked, best);
    }

    /// <param name="point">By parameter the index of its value, with commas: <c>2,5</c>.</param>
    /// <returns>Null when there is no such sweep of the user, or no such point with valid settings in it.</returns>
    public async Task<BacktestInput?> AtAsync(Guid userId, Guid id, string point, CancellationToken cancellationToken) =>
        await service.FindAsync(userId, JobKind.Sweep, id, cancellationToken) is { } job ? At(Asked(job), point) : null;

    /// <summary>A point as <see cref="AtAsync"/> takes it.</summary>
    public static string Text(IEnumerable<int> point) => string.Join(',', point.Select(i => i.ToString(CultureInfo.InvariantCulture)));

    private static BacktestInput? At(SweepInput asked, string point)
    {
        var values = asked.Parameters.Select(p => SweepMath.Values(p)!).ToList();
        var indexes = point.Split(',').Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : -1);
        int[] at = [.. indexes];
        if (at.Length != values.Count || at.Where((v, p) => v < 0 || v >= values[p].Count).Any())
        {
            return null;
        }

        var backtest = asked.Backtest!;
        var draft = Sweeper.Draft(backtest.Kind!, backtest.Settings!.Value.GetRawText(), asked.Parameters, at, values);
        return draft is null ? null : With(backtest, draft.Settings);
    }

    private static SweepInput Asked(BacktestJob job) => JsonSerializer.Deserialize<SweepInput>(job.Ask, ExactJson.Options)!;

    private static BacktestInput With(BacktestInput asked, string settings) =>
        asked with
        {
            Settings = JsonSerializer.Deserialize<JsonElement>(settings),
        };
}
