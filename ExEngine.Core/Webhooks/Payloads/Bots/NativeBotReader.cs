using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Bots;

/// <summary>
/// <c>{"action":"close_deal","bot":"My bot","id":"…"}</c>: <c>how</c> with a stop, <c>deal</c> for one of several, <c>amount</c> in quote
/// and <c>price</c> with an addition.
/// </summary>
internal static class NativeBotReader
{
    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("symbol", FieldMeaning.Symbol),
            ("action", FieldMeaning.None),
            ("bot", FieldMeaning.None),
            ("how", FieldMeaning.None),
            ("deal", FieldMeaning.None),
            ("amount", FieldMeaning.None),
            ("price", FieldMeaning.None),
        ],
    };

    public static SignalDraft Read(JsonPayload payload)
    {
        var alert = payload.Fields(Words);
        var act = alert.Choice("action", BotMessages.NativeActs) ?? default;
        return BotFields.Draft(
            alert,
            new BotMessage(act, BotFields.Bot(alert, "bot"))
            {
                How = BotFields.OnlyOf(alert, act, "how", BotAct.StopBot) ? alert.Choice("how", BotFields.Ways) : null,
                Deal = BotFields.OnlyOf(alert, act, "deal", BotAct.CloseDeal, BotAct.CancelDeal, BotAct.AddFunds)
                    ? BotFields.Deal(alert, "deal")
                    : null,
                Amount = BotFields.OnlyOf(alert, act, "amount", BotAct.AddFunds) ? BotFields.Amount(alert, act, "amount") : null,
                // What a placeholder puts there with any other act is what the sender saw.
                Price = act == BotAct.AddFunds ? alert.Positive("price") : null,
            }
        );
    }
}
