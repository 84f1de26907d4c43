namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>The fields of set times, and of bots that buy at them.</summary>
internal static class EditorSchedule
{
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static IReadOnlyList<EditorSection> Recurring { get; } =
    [
        new(
            "Buys",
            true,
            [
                new("amount", "Amount", Unit: "quote", Start: "50", Help: "Each time, before the fee."),
                .. Fields("", null),
                new("monthlyLimit", "At most in a month", Unit: "quote", Help: "Empty: no limit."),
            ]
        ),
        new(
            "Leave a time out",
            true,
            [
                new("minPrice", "Below a price of", Unit: "quote"),
                new("maxPrice", "Above a price of", Unit: "quote"),
                new("skipAbove", "Above the average by", Unit: "%", Help: "Of what it has bought so far."),
                new("catchUp", "After a time that was missed", EditorFieldKind.Choice)
                {
                    Choices = [("one", "Buy once for all of them"), ("none", "Leave them out")],
                },
            ]
        ),
    ];

    /// <param name="group">Before each name, with its point.</param>
    public static IEnumerable<EditorField> Fields(string group, (string, string)? only) =>
        [
            new(group + "every", "Every", EditorFieldKind.Choice)
            {
                Choices = [("day", "Day"), ("hour", "Hour"), ("week", "Week"), ("month", "Month")],
                Only = only,
            },
            new(group + "at", "At", EditorFieldKind.Text, Help: "Hours and minutes, such as 09:30; of every hour its minute.")
            {
                Only = only,
            },
            new(group + "weekday", "Weekday", EditorFieldKind.Choice, Help: "Of a week.")
            {
                Choices = [.. Days.Select(d => (d.ToLowerInvariant(), d))],
                Only = only,
            },
            new(group + "day", "Day of the month", EditorFieldKind.Whole, Help: "The last one where a month has fewer.") { Only = only },
            new(group + "zone", "Time zone", EditorFieldKind.Text, Help: "Such as Europe/Vienna. Empty: UTC.") { Only = only },
        ];
}
