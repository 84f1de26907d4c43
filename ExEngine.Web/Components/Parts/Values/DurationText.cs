namespace ExEngine.Web.Components.Parts.Values;

/// <summary>Writes spans of time for people, with the precision that matters at their size.</summary>
public static class DurationText
{
    /// <summary><c>0.4 ms</c>, <c>12 ms</c>, <c>3.2 s</c>, <c>5 min 12 s</c>, <c>3 h 5 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Of(TimeSpan span) =>
        span switch
        {
            { TotalMilliseconds: < 10 } => Number(span.TotalMilliseconds, "0.0") + " ms",
            { TotalMilliseconds: < 1000 } => Number(span.TotalMilliseconds, "0") + " ms",
            { TotalSeconds: < 60 } => Number(span.TotalSeconds, "0.0") + " s",
            { TotalMinutes: < 60 } => $"{span.Minutes} min {span.Seconds} s",
            { TotalHours: < 24 } => $"{span.Hours} h {span.Minutes} min",
            _ => $"{span.Days} d {span.Hours} h",
        };

    private static string Number(double value, string format) => value.ToString(format, AmountText.Format);
}
