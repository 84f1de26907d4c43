using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Activities;
using MudBlazor;

namespace ExEngine.Web.Components.Pages.Activity;

/// <summary>What a corner of the page says of something that happened; the executions of one order are one message.</summary>
/// <param name="Key">The same for what one order or signal brings, so that it is not said twice at once.</param>
internal sealed record ActivityMessage(string Key, string Title, string? Detail, string Href, Severity Severity)
{
    private const int MaxDetail = 160;

    /// <param name="news">At least one; newest first.</param>
    /// <returns>At least one, newest first.</returns>
    public static IReadOnlyList<ActivityMessage> Of(IReadOnlyList<ActivityEntry> news, Func<ActivityEntry, Market?> marketOf) =>
        [.. news.GroupBy(e => (e.Kind, Subject: e.OrderId ?? e.Id)).Select(g => Of(Joined([.. g]), marketOf))];

    /// <summary>One for all of them.</summary>
    public static ActivityMessage Summary(IReadOnlyList<ActivityMessage> all) =>
        new(
            "summary",
            $"{all.Count} things happened",
            $"The newest: {all[0].Title}",
            "activity",
            all.Any(m => m.Severity == Severity.Error) ? Severity.Error : Severity.Info
        );

    private static ActivityMessage Of(ActivityEntry entry, Func<ActivityEntry, Market?> marketOf) =>
        new(
            $"{entry.Kind} {entry.OrderId ?? entry.Id}",
            ActivityLabels.Title(entry, marketOf(entry)),
            ActivityLabels.Detail(entry) is { Length: > MaxDetail } long_ ? $"{long_[..MaxDetail]}…" : ActivityLabels.Detail(entry),
            ActivityLabels.Href(entry),
            entry.Kind switch
            {
                ActivityKind.Fill => Severity.Success,
                ActivityKind.ProtectionExit => Severity.Info,
                ActivityKind.Refusal => Severity.Warning,
                _ => Severity.Error,
            }
        );

    // Quantities add up; the price is what they cost together.
    private static ActivityEntry Joined(IReadOnlyList<ActivityEntry> parts)
    {
        if (parts.Count == 1 || parts[0].Quantity is null)
        {
            return parts[0];
        }

        var quantity = parts.Sum(p => p.Quantity ?? 0);
        return parts[0] with
        {
            Quantity = quantity,
            Price = quantity == 0 ? parts[0].Price : parts.Sum(p => (p.Quantity * p.Price) ?? 0) / quantity,
            RealizedProfit = parts.Sum(p => p.RealizedProfit ?? 0),
        };
    }
}
