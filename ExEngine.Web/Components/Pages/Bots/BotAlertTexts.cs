using ExEngine.Core.Bots.Running;

namespace ExEngine.Web.Components.Pages.Bots;

/// <summary>Alert messages for a bot, as our own format writes them.</summary>
public static class BotAlertTexts
{
    /// <summary>
    /// Each with its time, so that two of the same kind are two alerts, and a late one is too old. By the id: a name may change.
    /// </summary>
    public static IReadOnlyList<(string Word, string Text)> Of(BotKind kind, Guid id)
    {
        List<(string Word, string Text)> messages =
        [
            ("Start the bot", Message("start_bot")),
            ("Stop: finish what runs", Message("stop_bot", "\"how\":\"finish\",")),
            ("Stop: cancel orders, keep coins", Message("stop_bot", "\"how\":\"cancel\",")),
            ("Stop: sell at market", Message("stop_bot", "\"how\":\"close\",")),
            ("Pause", Message("pause_bot")),
            ("Resume", Message("resume_bot")),
        ];
        if (kind == BotKind.Dca)
        {
            messages.InsertRange(
                1,
                [
                    ("Start a deal", Message("start_deal")),
                    ("Close its deals at market", Message("close_deal")),
                    ("Give its deals up, keep coins", Message("cancel_deal")),
                    ("Add funds to its deal", Message("add_funds", "\"amount\":\"100\",")),
                ]
            );
        }
        else if (kind == BotKind.Grid)
        {
            messages.Insert(1, ("Add funds", Message("add_funds", "\"amount\":\"100\",")));
        }

        return messages;

        string Message(string action, string more = "") =>
            $$$"""{"action":"{{{action}}}","bot":"{{{id}}}",{{{more}}}"time":"{{timenow}}"}""";
    }
}
