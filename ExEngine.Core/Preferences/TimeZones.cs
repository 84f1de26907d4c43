namespace ExEngine.Core.Preferences;

/// <summary>The time zones that a person may choose: those of the IANA database that this machine has.</summary>
public static class TimeZones
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<TimeZoneInfo> All { get; } = Read();

    private static readonly Dictionary<string, TimeZoneInfo> ByName = All.ToDictionary(z => z.Id, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when there is none of that name.</returns>
    public static TimeZoneInfo? Find(string name) => ByName.GetValueOrDefault(name);

    // Without what is there for the machine's own sake, such as "posixrules" and "Factory".
    private static IReadOnlyList<TimeZoneInfo> Read()
    {
        var places = TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal));
        return [TimeZoneInfo.Utc, .. places.OrderBy(z => z.Id, StringComparer.Ordinal)];
    }
}
