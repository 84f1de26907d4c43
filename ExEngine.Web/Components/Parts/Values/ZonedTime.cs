using System.Globalization;
using ExEngine.Core.Preferences;
using ExEngine.Web.Components.Live;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>
/// Times as texts of the server: in the zone that the reader chose, else UTC. What is live is the browser's (<c>shell.js</c>).
/// </summary>
public static class ZonedTime
{
    private const string Minutes = "yyyy-MM-dd'T'HH:mm";

    /// <summary>What stands behind a time, or in the head of its column.</summary>
    public static string ZoneName => Zone == TimeZoneInfo.Utc ? "UTC" : Zone.Id;

    /// <summary>"midnight UTC"; without a name where the reader chose the zone, as whose all days are.</summary>
    public static string Midnight => ReaderPreferences.Current.Zone is null ? "midnight UTC" : "midnight";

    private static TimeZoneInfo Zone => ReaderPreferences.Current.Zone ?? TimeZoneInfo.Utc;

    /// <param name="utc">An instant.</param>
    /// <param name="format">As .NET has them.</param>
    public static string Write(DateTime utc, string format = "yyyy-MM-dd HH:mm") =>
        Local(utc).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>As the browser will write it: without the day when that is today's. Before that, UTC says its day.</summary>
    public static string Short(DateTime utc, DateTime now) =>
        Write(utc, ReaderPreferences.Current.Zone is not null && Local(utc).Date == Local(now).Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss");

    /// <summary>What a date-time field shows for a UTC time of the address; null when that cannot be read.</summary>
    public static string? ToField(string? utc) => Read(utc) is { } at ? Write(DateTime.SpecifyKind(at, DateTimeKind.Utc), Minutes) : null;

    /// <summary>The UTC time, for the address, of what a date-time field holds.</summary>
    public static string? FromField(string? local) =>
        Read(local) is { } at ? DayBorders.ToUtc(at, Zone).ToString(Minutes, CultureInfo.InvariantCulture) : null;

    private static DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    // Without the zone that somebody may have written by hand: the address is UTC.
    private static DateTime? Read(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? DateTime.SpecifyKind(at, DateTimeKind.Unspecified)
            : null;
}
