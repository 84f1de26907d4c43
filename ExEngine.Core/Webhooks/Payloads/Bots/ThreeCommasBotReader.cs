using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Bots;

/// <summary>
/// What a DCA or grid bot of 3Commas is sent: <c>message_type</c>, <c>bot_id</c>, <c>email_token</c>, <c>delay_seconds</c>, <c>pair</c> and
/// an <c>action</c>; without one it starts a deal. Its <c>email_token</c> is cut like any secret before this.
/// </summary>
internal static class ThreeCommasBotReader
{
    /// <summary>Means a size in base: only with a price it is an amount in quote.</summary>
    private const string AddInBase = "add_funds_in_base";

    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("pair", FieldMeaning.Symbol),
            ("action", FieldMeaning.None),
            ("message_type", FieldMeaning.None),
            ("bot_id", FieldMeaning.None),
            ("delay_seconds", FieldMeaning.Delay),
            ("volume", FieldMeaning.None),
            ("price", FieldMeaning.None),
        ],
        Id = "id",
        Time = "timestamp",
    };

    private static readonly IReadOnlyDictionary<string, (BotAct Act, BotStopWay? How)> Acts = new Dictionary<
        string,
        (BotAct Act, BotStopWay? How)
    >
    {
        ["start_bot"] = (BotAct.StartBot, null),
        ["start_bot_and_start_deal"] = (BotAct.StartBotAndDeal, null),
        ["stop_bot"] = (BotAct.StopBot, null),
        ["stop_bot_and_disable_after_deal"] = (BotAct.StopBot, BotStopWay.Finish),
        ["close_at_market_price"] = (BotAct.CloseDeal, null),
        ["close_at_market_price_all"] = (BotAct.CloseDeal, null),
        ["close_at_market_price_all_and_stop_bot"] = (BotAct.StopBot, BotStopWay.Close),
        ["cancel"] = (BotAct.CancelDeal, null),
        ["cancel_all"] = (BotAct.CancelDeal, null),
        ["cancel_all_deals"] = (BotAct.CancelDeal, null),
        ["cancel_all_and_stop_bot"] = (BotAct.StopBot, BotStopWay.Cancel),
        ["add_funds_in_quote"] = (BotAct.AddFunds, null),
        [AddInBase] = (BotAct.AddFunds, null),
        ["start_deal"] = (BotAct.StartDeal, null),
    };

    public static SignalDraft Read(JsonPayload payload)
    {
        var alert = payload.Fields(Words);
        if (alert.Text("message_type") is { } type && FieldName.Plain(type) is not ("bot" or "gridbot" or "dcabot"))
        {
            alert.Error("message_type", $"is \"{type}\"; allowed are bot and grid_bot.");
        }

        var (act, how) = alert.Text("action") is null ? (BotAct.StartDeal, null) : alert.Choice("action", Acts) ?? default;
        return BotFields.Draft(alert, WithAmount(alert, new BotMessage(act, BotFields.Bot(alert, "bot_id")) { How = how }));
    }

    private static BotMessage WithAmount(AlertFields alert, BotMessage message)
    {
        if (!BotFields.OnlyOf(alert, message.Act, "volume", BotAct.AddFunds))
        {
            return message;
        }

        var (amount, price) = (BotFields.Amount(alert, message.Act, "volume"), alert.Positive("price"));
        if (alert.Text("action") is not { } action || FieldName.Plain(action) != FieldName.Plain(AddInBase))
        {
            return message with { Amount = amount, Price = price };
        }

        if (amount is not null && price is null)
        {
            alert.Error("volume", "is in base, and no price says how much that costs; state a price, or send add_funds_in_quote.");
        }

        try
        {
            return message with { Amount = amount is { } a && price is { } p ? IncrementMath.Shortest(a * p) : null, Price = price };
        }
        catch (OverflowException)
        {
            alert.Error("volume", "times the price is too large a number; send smaller ones.");
            return message;
        }
    }
}
