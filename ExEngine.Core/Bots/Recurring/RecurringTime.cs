namespace ExEngine.Core.Bots.Recurring;

/// <summary>
/// When the next buy is due. A local time that a clock change leaves out is due when the clock has moved on; one that comes twice, the
/// first time.
/// </summary>
public static class RecurringTime
{
    /// <param name="after">UTC.</param>
    /// <returns>UTC, later than <paramref name="after"/>.</returns>
    public static DateTime Next(BuySchedule settings, DateTime after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);
        if (settings.Every == RecurringEvery.Hour)
        {
            var hour = new DateTime(after.Year, after.Month, after.Day, after.Hour, settings.At.Minute, 0, DateTimeKind.Utc);
            return hour > after ? hour : hour.AddHours(1);
        }

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(after, zone)).AddDays(-1);
        for (; ; day = day.AddDays(1))
        {
            if (IsDay(settings, day) && Utc(day.ToDateTime(settings.At), zone) is var due && due > after)
            {
                return due;
            }
        }
    }

    /// <summary>The calendar month of an instant in the zone: 202611.</summary>
    public static int Month(BuySchedule settings, DateTime at)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(at, TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
        return (local.Year * 100) + local.Month;
    }

    private static bool IsDay(BuySchedule settings, DateOnly day) =>
        settings.Every switch
        {
            RecurringEvery.Week => day.DayOfWeek == settings.Weekday,
            RecurringEvery.Month => day.Day == Math.Min(settings.Day, DateTime.DaysInMonth(day.Year, day.Month)),
            _ => true,
        };

    private static DateTime Utc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Of two the earlier: the larger offset.
        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
