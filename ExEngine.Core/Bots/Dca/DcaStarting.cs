using System.Globalization;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Recurring;

namespace ExEngine.Core.Bots.Dca;

/// <summary>What begins a deal: at once, whoever asked, the close of a candle, or a time.</summary>
internal static class DcaStarting
{
    /// <summary>A time that is used later than this was missed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <summary>Of a start by interval: the next time, and times that passed unused.</summary>
    public static DcaState Due(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        if (state.Mode != BotMode.Running || settings is not { Start: DcaStart.Interval, Schedule: { } schedule })
        {
            return state;
        }

        // A schedule that was edited meanwhile has other times.
        if (state.NextStart is not { } due || run.Now < due)
        {
            state = state with { NextStart = RecurringTime.Next(schedule, run.Now) };
        }
        else if (run.Now - due > Late + run.Context.Grain || state.IsFull(settings))
        {
            run.Note(
                BotNote.Info,
                string.Create(CultureInfo.InvariantCulture, $"No deal at {due:yyyy-MM-dd HH:mm} UTC: ")
                    + (state.IsFull(settings) ? "as many are open as may be" : "the time has passed")
            );
            state = state with { NextStart = RecurringTime.Next(schedule, run.Now) };
        }

        run.WakeAt(run.Now < state.NextStart ? state.NextStart : state.NextStart + Late + run.Context.Grain + TimeSpan.FromTicks(1));
        return state;
    }

    /// <returns>Who or what begins a deal now: empty for "at once", null for nothing.</returns>
    public static string? By(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        if (state.StartAskedBy is { } asked)
        {
            return asked;
        }

        switch (settings.Start)
        {
            case DcaStart.AtOnce:
                return "";
            case DcaStart.Interval:
                return run.Now >= state.NextStart ? "its schedule" : null;
            case DcaStart.Conditions when run.Context.Start is { } look:
                run.WakeAt(look.Until);
                return IsMet(look, state, run) ? StartWords.Met(look) : null;
            default:
                return null;
        }
    }

    /// <summary>What began a deal begins no other.</summary>
    public static DcaState Used(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        if (state.StartAskedBy is not null)
        {
            return state with { StartAskedBy = null };
        }

        return settings switch
        {
            { Start: DcaStart.Conditions } => state with { StartedClose = run.Context.Start!.ClosedAt },
            { Start: DcaStart.Interval, Schedule: { } schedule } => state with { NextStart = RecurringTime.Next(schedule, run.Now) },
            _ => state,
        };
    }

    // A close holds until the next one.
    private static bool IsMet(StartLook look, DcaState state, BotPlanBuilder run) =>
        look is { Holds: true, ClosedAt: { } closed } && run.Now < look.Until && !(closed <= state.StartedClose);
}
