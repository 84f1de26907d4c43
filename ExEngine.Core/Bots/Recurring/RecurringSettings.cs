using System.Text.Json.Serialization;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>Buys of the same amount at set times: the other thing people call DCA.</summary>
public sealed record RecurringSettings
{
    /// <summary>In quote, each time.</summary>
    public decimal Amount { get; init; }
    public RecurringEvery Every { get; init; } = RecurringEvery.Day;

    /// <summary>Time of day in <see cref="Zone"/>; of every hour its minute.</summary>
    public TimeOnly At { get; init; }

    /// <summary>Of a week.</summary>
    public DayOfWeek Weekday { get; init; } = DayOfWeek.Monday;

    /// <summary>Of a month, from 1; the last one in a month that has fewer.</summary>
    public int Day { get; init; } = 1;

    /// <summary>IANA name: <c>Europe/Vienna</c>.</summary>
    public string Zone { get; init; } = "UTC";

    [JsonIgnore]
    public BuySchedule Schedule =>
        new()
        {
            Every = Every,
            At = At,
            Weekday = Weekday,
            Day = Day,
            Zone = Zone,
        };

    /// <summary>In quote, per calendar month of the zone; null: none.</summary>
    public decimal? MonthlyLimit { get; init; }

    /// <summary>Quote per base, inclusive: outside, a time is left out.</summary>
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }

    /// <summary>Percent above the average so far from which a time is left out.</summary>
    public decimal? SkipAbove { get; init; }

    /// <summary>What becomes of times that passed while nothing ran.</summary>
    public CatchUp CatchUp { get; init; } = CatchUp.One;
}

public enum RecurringEvery
{
    Hour,
    Day,
    Week,
    Month,
}

public enum CatchUp
{
    None,

    /// <summary>One buy for all of them.</summary>
    One,
}
