using System.Globalization;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Preferences;

namespace ExEngine.Web.Components.Pages.Money;

/// <summary>What the Money page is asked to show; it stands in the address.</summary>
/// <param name="Range">A key of <see cref="Ranges"/>.</param>
/// <param name="By">A key of <see cref="Ways"/>.</param>
/// <param name="Mode">Null for live where there is a live account.</param>
/// <param name="Month">First day of the calendar's month; null for the present one.</param>
public sealed record MoneyFilters(string Range, string By, AccountMode? Mode, DateOnly? Month)
{
    private const string UsualRange = "30d";
    private const string UsualWay = "day";
    private const string MonthFormat = "yyyy-MM";

    public static readonly IReadOnlyList<(string Key, string Word, int? Days)> Ranges =
    [
        ("1d", "1 day", 1),
        ("7d", "7 days", 7),
        (UsualRange, "30 days", 30),
        ("90d", "90 days", 90),
        ("all", "All", null),
    ];

    public static readonly IReadOnlyList<(string Key, string Word)> Ways =
    [
        (UsualWay, "Day"),
        ("week", "Week"),
        ("month", "Month"),
        ("symbol", "Symbol"),
        ("webhook", "Webhook"),
        ("account", "Account"),
    ];

    /// <summary>As an address states it; what cannot be understood is what is usual.</summary>
    public static MoneyFilters Of(string? range, string? by, string? mode, string? month) =>
        new(
            Ranges.Any(r => r.Key == range) ? range! : UsualRange,
            Ways.Any(w => w.Key == by) ? by! : UsualWay,
            mode switch
            {
                "live" => AccountMode.Live,
                "paper" => AccountMode.Paper,
                _ => null,
            },
            DateOnly.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            && first.Year is > 2000 and < 2200
                ? first
                : null
        );

    public string Address
    {
        get
        {
            var parts = new List<string>();
            Add("range", Range == UsualRange ? null : Range);
            Add("by", By == UsualWay ? null : By);
            Add("mode", Mode?.ToString().ToLowerInvariant());
            Add("month", Month?.ToString(MonthFormat, CultureInfo.InvariantCulture));
            return parts.Count == 0 ? "money" : "money?" + string.Join('&', parts);

            void Add(string name, string? value)
            {
                if (value is not null)
                {
                    parts.Add($"{name}={value}");
                }
            }
        }
    }

    /// <summary>The REST address of the stretch's fills as CSV.</summary>
    /// <param name="from">UTC; null for the first fill.</param>
    public static string ExportAddress(AccountMode mode, DateTime? from) =>
        $"api/fills/export?mode={mode.ToString().ToLowerInvariant()}"
        + (from is { } at ? "&from=" + at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "");

    /// <summary>UTC: 24 hours ago, or the beginning of the first of so many days, today included. Null for everything.</summary>
    public DateTime? From(DateTime now, TimeZoneInfo zone) =>
        Ranges.First(r => r.Key == Range).Days switch
        {
            null => null,
            1 => now.AddDays(-1),
            var days => DayBorders.Begin(DayBorders.DayOf(now, zone).AddDays(1 - days.Value), zone),
        };
}
