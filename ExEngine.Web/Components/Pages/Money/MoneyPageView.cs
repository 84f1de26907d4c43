using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Preferences;

namespace ExEngine.Web.Components.Pages.Money;

/// <summary>What the Money page shows, read at one go.</summary>
/// <param name="From">UTC: where the stretch begins; null for everything.</param>
/// <param name="Today">In the zone of the days.</param>
/// <param name="Month">What was realised in the calendar's month.</param>
/// <param name="MonthBegin">Its first day.</param>
public sealed record MoneyPageView(
    MoneyScope Scope,
    IReadOnlyList<AccountMode> Modes,
    DateTime? From,
    DateOnly Today,
    EquityHistory History,
    ProfitReport Report,
    ProfitReport Month,
    DateOnly MonthBegin
)
{
    public static async Task<MoneyPageView> ReadAsync(
        EquityQuery equity,
        ProfitQuery profits,
        DayBorders borders,
        Guid userId,
        MoneyFilters filters,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var zone = await borders.OfAsync(userId, cancellationToken);
        var scope = await equity.ScopeAsync(userId, filters.Mode, null, cancellationToken);
        var (from, today) = (filters.From(now, zone), DayBorders.DayOf(now, zone));
        var month = filters.Month ?? new DateOnly(today.Year, today.Month, 1);
        var (begin, end) = (DayBorders.Begin(month, zone), DayBorders.Begin(month.AddMonths(1), zone));
        return new MoneyPageView(
            scope,
            await equity.ModesAsync(userId, cancellationToken),
            from,
            today,
            await equity.ReadAsync(scope, from, null, cancellationToken),
            await profits.ReadAsync(scope, from, null, cancellationToken),
            await profits.ReadAsync(scope, begin, end, cancellationToken),
            month
        );
    }

    public string Currency => Report.Currency;

    /// <summary>Whose days they are, for the reader.</summary>
    public string ZoneName => Report.Zone == TimeZoneInfo.Utc ? "UTC" : Report.Zone.Id;

    /// <summary>Nothing was ever traded here as far as this stretch tells, and nothing was taken down.</summary>
    public bool IsEmpty => History.Line.Points.Count == 0 && Report is { Total.Fills: 0, OpenPositions: 0 } && Month.Total.Fills == 0;
}
