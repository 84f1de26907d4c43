using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>An order in words, symbols and tones.</summary>
public static class OrderLabels
{
    public static (string Word, string Symbol, Tone Tone) Of(OrderStatus status) =>
        status switch
        {
            OrderStatus.Planned => ("Planned", "schedule", Tone.Working),
            OrderStatus.Denied => ("Not sent", "block", Tone.Bad),
            OrderStatus.Submitting => ("Sending", "send", Tone.Working),
            OrderStatus.Unknown => ("Unknown", "help", Tone.Attention),
            OrderStatus.NeedsOperator => ("Needs you", "warning", Tone.Attention),
            OrderStatus.Open => ("Open", "pending", Tone.Working),
            OrderStatus.PartiallyFilled => ("Part filled", "timelapse", Tone.Working),
            OrderStatus.CancelPending => ("Cancelling", "pending", Tone.Working),
            OrderStatus.Filled => ("Filled", "task_alt", Tone.Good),
            OrderStatus.Canceled => ("Cancelled", "cancel", Tone.Neutral),
            OrderStatus.Expired => ("Expired", "timer_off", Tone.Neutral),
            OrderStatus.Rejected => ("Rejected", "block", Tone.Bad),
            OrderStatus.NotPlaced => ("Not placed", "do_not_disturb_on", Tone.Neutral),
            _ => (status.ToString(), "help", Tone.Neutral),
        };

    public static string Of(OrderGroup group) =>
        group switch
        {
            OrderGroup.Active => "Active",
            OrderGroup.Attention => "Needs a look",
            OrderGroup.Ended => "Cancelled or expired",
            OrderGroup.Refused => "Refused",
            _ => group.ToString(),
        };

    public static string Of(OrderType type) =>
        type switch
        {
            OrderType.Market => "Market",
            OrderType.Limit => "Limit",
            OrderType.Stop => "Stop",
            OrderType.StopLimit => "Stop limit",
            OrderType.TrailingStop => "Trailing stop",
            _ => type.ToString(),
        };

    public static string Of(TimeInForce time) =>
        time switch
        {
            TimeInForce.GoodTillCancelled => "Good till cancelled",
            TimeInForce.ImmediateOrCancel => "Immediate or cancel",
            TimeInForce.FillOrKill => "Fill or kill",
            TimeInForce.Day => "Day",
            _ => time.ToString(),
        };

    /// <summary>What it comes from.</summary>
    public static string Of(OrderOrigin origin) =>
        origin switch
        {
            OrderOrigin.Signal => "Signal",
            OrderOrigin.Bot => "Bot",
            OrderOrigin.Button => "Placed by hand",
            OrderOrigin.Protection => "Protection of a position",
            _ => origin.ToString(),
        };

    /// <summary><c>takeProfit1</c> becomes "Take profit 1".</summary>
    public static string Leg(string leg)
    {
        var text = string.Concat(
            leg.Select(
                (c, i) =>
                    i > 0 && (char.IsUpper(c) || (char.IsDigit(c) && !char.IsDigit(leg[i - 1])))
                        ? $" {char.ToLowerInvariant(c)}"
                        : c.ToString()
            )
        );
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>"Buy 0.40211 BTC", for a title or a question.</summary>
    public static string What(OrderRow row, Market? market) =>
        $"{row.Side} {AmountText.Quantity(row.Quantity, market)} {BaseOf(row.Symbol)}";

    /// <summary>"at market", "at 60,000.10 USDT", "when the price falls to 58,000.00 USDT, at market".</summary>
    public static string Terms(OrderRow row, Market? market)
    {
        var quote = QuoteOf(row.Symbol);
        var at =
            row.Price is { } price && row.Type is OrderType.Limit or OrderType.StopLimit
                ? $"at {AmountText.Price(row.Price!.Value, market)} {quote}"
                : "at market";
        return row.StopPrice is { } stop
            ? $"when the price {(row.Side == OrderSide.Sell ? "falls" : "rises")} to {AmountText.Price(stop, market)} {quote}, {at}"
            : at;
    }

    public static string BaseOf(string symbol) => symbol.Split('/')[0];

    public static string QuoteOf(string symbol) => symbol.Split('/', ':') is [_, var quote, ..] ? quote : "";
}
