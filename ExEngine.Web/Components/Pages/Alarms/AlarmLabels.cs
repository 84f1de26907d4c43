using ExEngine.Core.Alarms;

namespace ExEngine.Web.Components.Pages.Alarms;

/// <summary>An alarm in words, and where to do something about it.</summary>
internal static class AlarmLabels
{
    public static string Title(AlarmKind kind) =>
        kind switch
        {
            AlarmKind.OrderUnknown => "An order is in doubt",
            AlarmKind.StopNotInForce => "A stop is not in force",
            AlarmKind.ExitNotDone => "An exit is not done",
            AlarmKind.BooksDiffer => "The exchange has less than the positions",
            AlarmKind.KeyRefused => "The exchange refuses a key",
            AlarmKind.ChangeNotPlaced => "A changed order was not placed",
            AlarmKind.BotNeedsYou => "A bot needs you",
            _ => "An exchange does not answer",
        };

    public static (string Href, string Text)? Place(Alarm alarm) =>
        alarm.OrderId is { } order ? ($"orders/{order}", "Look at the order")
        : alarm.Kind == AlarmKind.BotNeedsYou ? ($"bots/{alarm.Subject}", "Look at the bot")
        : alarm.Kind == AlarmKind.BooksDiffer ? ("balances", "Assign or write off")
        : alarm.PositionId is { } position ? ($"positions/{position}", "Look at the position")
        : alarm.AccountId is not null ? ("accounts", "Look at the account")
        : null;
}
