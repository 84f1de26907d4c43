using System.Globalization;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Web.Components.Parts;

namespace ExEngine.Web.Components.Pages.Backtests;

/// <summary>The words of backtests.</summary>
public static class JobLabels
{
    public static (string Word, string Icon, Tone Tone) State(JobState state) =>
        state switch
        {
            JobState.Queued => ("Queued", "schedule", Tone.Neutral),
            JobState.Running => ("Running", "hourglass_empty", Tone.Working),
            JobState.Done => ("Done", "check_circle", Tone.Good),
            JobState.Failed => ("Failed", "error", Tone.Bad),
            JobState.Cancelled => ("Cancelled", "cancel", Tone.Neutral),
            _ => ("Interrupted", "warning", Tone.Attention),
        };

    public static bool IsUnderWay(JobState state) => state is JobState.Queued or JobState.Running;

    public static bool MayRunAgain(JobState state) => state is JobState.Interrupted or JobState.Cancelled or JobState.Failed;

    public static string Path(CandlePath path) =>
        path switch
        {
            CandlePath.Pessimistic => "Both, the worse is shown",
            CandlePath.OpenHighLowClose => "Open, high, low, close",
            CandlePath.OpenLowHighClose => "Open, low, high, close",
            _ => "The nearer extreme first",
        };

    /// <summary>Why a job was not taken; null when it was.</summary>
    public static string? Refusal(JobAnswer answer) =>
        answer switch
        {
            JobAnswer.Done => null,
            JobAnswer.Invalid invalid => string.Join(' ', invalid.Errors.Values.SelectMany(e => e)),
            JobAnswer.TooMany => "Too many backtests and sweeps are under way; wait, or cancel one.",
            _ => "The account is not there any more.",
        };

    public static string Day(DateTime? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";
}
