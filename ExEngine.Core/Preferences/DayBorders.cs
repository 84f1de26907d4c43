namespace ExEngine.Core.Preferences;

/// <summary>Where a user's days begin and end, in reports, figures and calendars: the one place that decides it.</summary>
public sealed class DayBorders(PreferenceBook preferences)
{
    /// <summary>The zone that the user chose, else UTC: the server does not know that of the browser.</summary>
    public async ValueTask<TimeZoneInfo> OfAsync(Guid userId, CancellationToken cancellationToken) =>
        (await preferences.FindAsync(userId, cancellationToken)).Zone ?? TimeZoneInfo.Utc;

    /// <summary>UTC instant at which a day begins; where a clock is put forward over midnight, the first instant of the day.</summary>
    public static DateTime Begin(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Where midnight is twice, the day begins with the first one.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    public static DateOnly DayOf(DateTime utc, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(zone == TimeZoneInfo.Utc ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
}
