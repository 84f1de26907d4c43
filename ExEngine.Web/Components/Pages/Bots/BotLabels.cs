using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Bots;

/// <summary>Bots in words, icons and tones.</summary>
internal static class BotLabels
{
    public static string Kind(BotKind kind) =>
        kind switch
        {
            BotKind.Dca => "DCA",
            BotKind.Grid => "Grid",
            _ => "Recurring buys",
        };

    public static (string Word, string Symbol, Tone Tone) Status(Bot bot) =>
        bot.Problem is not null && bot.IsActive
            ? ("Needs you", "warning", Tone.Attention)
            : bot.Status switch
            {
                BotStatus.Ready => ("Not started", "radio_button_unchecked", Tone.Neutral),
                BotStatus.Running => ("Running", "play_circle", Tone.Good),
                BotStatus.Paused => ("Paused", "pause_circle", Tone.Attention),
                BotStatus.Stopping => ("Stopping", "hourglass_top", Tone.Working),
                _ => ("Stopped", "stop_circle", Tone.Neutral),
            };

    /// <summary>What it does next, by the orders that it has.</summary>
    /// <param name="waits">What a start waits for; null for nothing.</param>
    public static string Next(BotRow row, Market? market, string? waits)
    {
        var orders = row.Program.Orders.Where(o => o is { Price: not null, CancelAsked: false }).ToList();
        var buy = orders.Where(o => o.Side == OrderSide.Buy).MaxBy(o => o.Price);
        var sell = orders.Where(o => o.Side == OrderSide.Sell).MinBy(o => o.Price);
        return row.Bot.Status switch
        {
            BotStatus.Ready => "Start it.",
            BotStatus.Stopped => Left(row.Program.Figures, market),
            BotStatus.Paused => "Nothing until it is resumed.",
            _ when row.Bot.Problem is { } problem => SaidText.Of(problem),
            _ when buy is null && sell is null => row.Program.Orders.Count > 0 ? "An order is under way."
            : waits is null ? "It waits for its start."
            : $"{char.ToUpperInvariant(waits[0])}{SaidText.Of(waits[1..])}.",
            _ => string.Join(
                ", ",
                new[] { (buy, "Buys"), (sell, buy is null ? "Sells" : "sells") }
                    .Where(p => p.Item1 is not null)
                    .Select(p =>
                        $"{p.Item2} {AmountText.Quantity(p.Item1!.Remaining, market)} at {AmountText.Price(p.Item1.Price!.Value, market)}"
                    )
            ),
        };
    }

    private static string Left(BotFigures figures, Market? market)
    {
        var sellable = market is null ? figures.Held : PositionMath.Sellable(figures.Held, market, null);
        return sellable > 0 ? "Its coins are kept; sell them at its position."
            : figures.Held > 0 ? "Nothing: what is left is too little to be sold."
            : "Nothing.";
    }

    public static (string Word, string Symbol, Tone Tone) Line(BotLine line) =>
        line.Status switch
        {
            LineStatus.Planned => ("Planned", "schedule", Tone.Neutral),
            LineStatus.Resting => ("At the exchange", "pending", Tone.Working),
            LineStatus.WaitingFunds => ("Waits for funds", "hourglass_empty", Tone.Attention),
            LineStatus.Done => ("Done", "check_circle", Tone.Good),
            LineStatus.Skipped => ("Left out", "skip_next", Tone.Neutral),
            LineStatus.CancelledByYou => ("Cancelled by you", "help", Tone.Attention),
            _ => ("Needs you", "warning", Tone.Attention),
        };

    public static (string Word, string Symbol, Tone Tone) Deal(DealStatus status) =>
        status switch
        {
            DealStatus.BasePlaced => ("Base order placed", "pending", Tone.Working),
            DealStatus.Bought => ("Bought", "shopping_cart", Tone.Working),
            DealStatus.Trailing => ("Trailing", "trending_up", Tone.Working),
            DealStatus.Closing => ("Closing", "logout", Tone.Working),
            DealStatus.Completed => ("Completed", "check_circle", Tone.Good),
            DealStatus.Stopped => ("Stopped", "block", Tone.Bad),
            DealStatus.Cancelled => ("Cancelled", "cancel", Tone.Neutral),
            DealStatus.Failed => ("Failed", "error", Tone.Bad),
            DealStatus.Frozen => ("Frozen", "ac_unit", Tone.Attention),
            _ => ("Needs you", "warning", Tone.Attention),
        };

    public static (string Symbol, string Word) Note(BotNote kind) =>
        kind switch
        {
            BotNote.Info => ("info", "Note"),
            BotNote.Warning => ("warning", "Warning"),
            _ => ("notification_important", "Needs you"),
        };
}
