using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Activities;
using ExEngine.Web.Components.Pages.Alarms;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Pages.Signals;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Activity;

/// <summary>What happened in words, symbols and tones; the same in a corner of any page and in the list.</summary>
internal static class ActivityLabels
{
    public static string Of(ActivityKind kind) =>
        kind switch
        {
            ActivityKind.Fill => "Fills",
            ActivityKind.ProtectionExit => "Stops and targets",
            ActivityKind.Refusal => "Refusals",
            _ => "Alarms",
        };

    public static (string Symbol, Tone Tone) Mark(ActivityEntry entry) =>
        entry.Kind switch
        {
            ActivityKind.Fill when entry.Side == OrderSide.Buy => ("arrow_upward", Tone.Up),
            ActivityKind.Fill => ("arrow_downward", Tone.Down),
            ActivityKind.ProtectionExit => ("shield", Tone.Working),
            ActivityKind.Refusal => ("block", Tone.Bad),
            _ => ("warning", Tone.Attention),
        };

    /// <summary>"Bought 0.00100 BTC at 64,000.00 USDT", "Stop loss: sold …", "Refused: buy BTC/USDT".</summary>
    public static string Title(ActivityEntry entry, Market? market) =>
        entry.Kind switch
        {
            ActivityKind.Fill => Execution(entry, market, first: true),
            ActivityKind.ProtectionExit => $"{OrderLabels.Leg(entry.Leg ?? "Protection")}: {Execution(entry, market, first: false)}",
            ActivityKind.Refusal when entry.OrderId is not null => $"Not sent: {SideOf(entry)} {entry.Symbol}",
            ActivityKind.Refusal when (entry.Action, entry.Symbol) is (null, null) => "A signal was refused",
            ActivityKind.Refusal => $"Refused: {$"{entry.Action} {entry.Symbol}".Trim()}",
            _ => AlarmLabels.Title(entry.AlarmKind ?? default) + (entry.Symbol is null ? "" : $", {entry.Symbol}"),
        };

    /// <summary>What stands under the title: why, and what to do. Null for executions.</summary>
    public static string? Detail(ActivityEntry entry) =>
        SaidText.Of(entry.Text) ?? (entry.Code is { } code ? SignalLabels.Code(code) : null);

    public static string Href(ActivityEntry entry) =>
        entry switch
        {
            { Kind: ActivityKind.Alarm } => "alarms",
            { OrderId: { } order } => $"orders/{order}",
            { SignalId: { } signal } => $"signals/{signal}",
            _ => "activity",
        };

    private static string Execution(ActivityEntry entry, Market? market, bool first)
    {
        var symbol = entry.Symbol ?? "";
        var verb = entry.Side == OrderSide.Buy ? "bought" : "sold";
        var what = $"{AmountText.Quantity(entry.Quantity ?? 0, market)} {OrderLabels.BaseOf(symbol)}";
        var price = $"{AmountText.Average(entry.Price ?? 0, market)} {OrderLabels.QuoteOf(symbol)}";
        return $"{(first ? char.ToUpperInvariant(verb[0]) + verb[1..] : verb)} {what} at {price}";
    }

    private static string SideOf(ActivityEntry entry) => entry.Side == OrderSide.Buy ? "buy" : "sell";
}
