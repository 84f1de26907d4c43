using System.Globalization;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>Whether the time that an alert states lets it be traded. Pure.</summary>
public static class SignalAge
{
    private static readonly string[] IntervalNames = ["interval", "timeframe", "resolution", "tf"];

    /// <summary>Null when it may be traded; else the status, the code and the words.</summary>
    /// <param name="tolerance">How far the sender's clock may be ahead of ours.</param>
    public static SignalAgeProblem? Check(SignalDraft draft, SignalRules rules, DateTime now, TimeSpan tolerance)
    {
        if (draft.Time is not { } stated || rules.TimeMeans == TimeMeaning.None)
        {
            return null;
        }

        if (stated - now > tolerance)
        {
            return new(
                SignalStatus.Refused,
                SignalCodes.FromTheFuture,
                $"The alert says that it fired at {Text(stated)}, {Seconds(stated - now)} s from now; {Seconds(tolerance)} s are allowed. "
                    + "Correct the sender's clock, or its time zone: a time without an offset is taken as UTC."
            );
        }

        var fired = stated;
        if (rules.TimeMeans == TimeMeaning.BarOpen)
        {
            if (Interval(draft) is not { } interval)
            {
                return new(
                    SignalStatus.Refused,
                    SignalCodes.IntervalMissing,
                    "The time of this webhook's messages is the opening of a bar, and the message does not say how long its bar is; "
                        + "add \"interval\": \"{{interval}}\" to it."
                );
            }

            fired += interval;
        }

        var limit = draft.MaxLag ?? rules.MaxLag;
        return now - fired > limit ? new(SignalStatus.Stale, SignalCodes.TooOld, TooOld(draft, rules, stated, now - fired, limit)) : null;
    }

    /// <summary>
    /// TradingView's <c>{{interval}}</c>: minutes without a unit, or S, H, D, W, M behind the number; "1h" and "15m" as others write it.
    /// </summary>
    public static TimeSpan? ReadInterval(string text)
    {
        var value = text.Trim();
        var digits = value.TakeWhile(char.IsAsciiDigit).Count();
        var unit = value[digits..].Trim();
        if (
            !int.TryParse(digits == 0 ? "1" : value[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0
        )
        {
            return null;
        }

        // A capital M is a month, a small one a minute; a month is taken as long as months get.
        TimeSpan? one = unit switch
        {
            "" when digits > 0 => TimeSpan.FromMinutes(1),
            "m" or "min" => TimeSpan.FromMinutes(1),
            "s" or "S" => TimeSpan.FromSeconds(1),
            "h" or "H" => TimeSpan.FromHours(1),
            "d" or "D" => TimeSpan.FromDays(1),
            "w" or "W" => TimeSpan.FromDays(7),
            "M" => TimeSpan.FromDays(31),
            _ => null,
        };
        return one is { } length && count <= 100_000 ? length * count : null;
    }

    private static TimeSpan? Interval(SignalDraft draft)
    {
        foreach (var name in IntervalNames)
        {
            var stated = draft.Extras.FirstOrDefault(e => e.Key.Split('.')[^1].Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            if (stated is not null && ReadInterval(stated.Trim('"')) is { } interval)
            {
                return interval;
            }
        }

        return null;
    }

    // Only bars open on a full minute with any regularity.
    private static string TooOld(SignalDraft draft, SignalRules rules, DateTime stated, TimeSpan age, TimeSpan limit)
    {
        var hint =
            rules.TimeMeans == TimeMeaning.Event && stated.Ticks % TimeSpan.TicksPerMinute == 0
                ? " If its time is the opening of the bar, as {{time}} is, send {{timenow}} instead, or tell the webhook that its time is a bar's opening."
                : "";
        var whose = draft.MaxLag is null ? "this webhook acts" : "the message wants to be acted";
        return $"The alert is {Seconds(age)} s old; {whose} on up to {Seconds(limit)} s.{hint}";
    }

    private static string Seconds(TimeSpan span) => ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}

/// <param name="Status">Refused, or stale.</param>
public sealed record SignalAgeProblem(SignalStatus Status, string Code, string Reason);
