using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>Codes: why a bot is not made, started or changed. See <see cref="RefusalCode"/>.</summary>
public static class BotCodes
{
    [Refusal("The user has as many bots as the server allows.", "Delete one that has stopped, or ask the operator for more.", Limit = true)]
    public const string TooMany = "too_many_bots";

    [Refusal("What is asked does not go with what the bot is doing.", "Look at its status; stop or start it first.", Field = "status")]
    public const string WrongStatus = "bot_status";

    [Refusal("The market would not take one of its orders, or it would earn nothing.", "Look at the preview, and change the settings.")]
    public const string NotStartable = "bot_not_startable";

    [Refusal("A bot that has stopped and began with a start price is not started again.", "Clone it.")]
    public const string NotRestartable = "bot_not_restartable";

    [Refusal("The deal is over, or there is none of that number.", "Look at the bot's deals.", Field = "deal")]
    public const string NoSuchDeal = "no_such_deal";

    [Refusal(
        "An alert names a bot that there is not, or that more than one bot could be.",
        "State its id, or its name as the bot's page shows it.",
        Field = "bot"
    )]
    public const string Unknown = "bot_unknown";

    [Refusal(
        "An alert names a bot that trades on another account than the webhook's.",
        "Send it to a webhook of the bot's account.",
        Field = "bot"
    )]
    public const string OtherAccount = "bot_other_account";

    [Refusal(
        "An alert names another symbol than its bot trades.",
        "Leave the symbol out, or name the bot of that symbol.",
        Field = "symbol"
    )]
    public const string OtherSymbol = "bot_other_symbol";

    [Refusal(
        "An alert asks for what this kind of bot does not have.",
        "Grids have no deals, and recurring buys neither.",
        Field = "action"
    )]
    public const string WrongKind = "bot_wrong_kind";

    [Refusal(
        "An alert asks for a deal, and the bot has as many as it may, or pauses between two.",
        "Let the deal end, or allow more at once in the bot's settings.",
        Field = "action"
    )]
    public const string NoDealNow = "no_deal_now";

    [Refusal("The position belongs to a bot, which sells and protects it itself.", "Close it, or set its stop, at the bot.")]
    public const string BotsOwn = "bots_own";
}
