namespace ExEngine.Core.Bots.Recurring;

/// <summary>Times that come again and again.</summary>
public sealed record BuySchedule
{
    public RecurringEvery Every { get; init; } = RecurringEvery.Day;

    /// <summary>Time of day in <see cref="Zone"/>; of every hour its minute.</summary>
    public TimeOnly At { get; init; }

    /// <summary>Of a week.</summary>
    public DayOfWeek Weekday { get; init; } = DayOfWeek.Monday;

    /// <summary>Of a month, from 1; the last one in a month that has fewer.</summary>
    public int Day { get; init; } = 1;

    /// <summary>IANA name: <c>Europe/Vienna</c>.</summary>
    public string Zone { get; init; } = "UTC";
}
