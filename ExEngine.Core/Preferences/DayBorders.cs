using ExEngine.Core.Data;

namespace ExEngine.Core.Preferences;

/// <summary>Where a user's days begin and end, in reports, figures and calendars: the one place that decides it.</summary>
public sealed class DayBorders(PreferenceBook preferences)
{
    /// <summary>The zone that the user chose, else UTC: the server does not know that of the browser.</summary>
    public async ValueTask<TimeZoneInfo> OfAsync(Guid userId, CancellationToken cancellationToken) =>
        (await preferences.FindAsync(userId, cancellationToken)).Zone ?? TimeZoneInfo.Utc;

    /// <summary>The user's day that an instant is in, by what the caller's transaction sees of their zone: UTC, the end excluded.</summary>
    public async ValueTask<(DateTime Begin, DateTime End)> DayAsync(
        AppDb db,
        Guid userId,
        DateTime at,
        CancellationToken cancellationToken
    ) => Around(at, (await preferences.FindAsync(db, userId, cancellationToken)).Zone ?? TimeZoneInfo.Utc);

    /// <summary>The day that an instant is in: UTC, the end excluded.</summary>
    public static (DateTime Begin, DateTime End) Around(DateTime at, TimeZoneInfo zone)
    {
        var day = DayOf(at, zone);
        return (Begin(day, zone), Begin(day.AddDays(1), zone));
    }

    /// <summary>UTC instant at which a day begins; where a clock is put forward over midnight, the first instant of the day.</summary>
    public static DateTime Begin(DateOnly day, TimeZoneInfo zone) =>
        ToUtc(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified), zone);

    /// <summary>The instant of a time of day in the zone: the first one where it is twice, the next one where it is left out.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    public static DateOnly DayOf(DateTime utc, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(zone == TimeZoneInfo.Utc ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
}
