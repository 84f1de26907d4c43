using System.Text.Json;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Bots;

/// <summary>
/// Alerts that ask something of a bot: our own, and those that a DCA or grid bot of 3Commas is sent. Every webhook takes them, whatever
/// format its other messages have; only a map of a webhook's own goes before.
/// </summary>
public static class BotMessages
{
    /// <summary>What a signal of 3Commas' words has for its preset.</summary>
    public const string ThreeCommasId = "threeCommasBot";

    public const string ThreeCommasName = "3Commas bot";

    internal static readonly IReadOnlyDictionary<string, BotAct> NativeActs = new Dictionary<string, BotAct>
    {
        ["start_bot"] = BotAct.StartBot,
        ["stop_bot"] = BotAct.StopBot,
        ["pause_bot"] = BotAct.PauseBot,
        ["resume_bot"] = BotAct.ResumeBot,
        ["start_deal"] = BotAct.StartDeal,
        ["close_deal"] = BotAct.CloseDeal,
        ["cancel_deal"] = BotAct.CancelDeal,
        ["add_funds"] = BotAct.AddFunds,
    };

    /// <summary>As in our own messages: <c>start_bot</c>.</summary>
    public static string Word(BotAct act) =>
        act == BotAct.StartBotAndDeal ? "start_bot_and_start_deal" : NativeActs.First(a => a.Value == act).Key;

    /// <summary>Null when it is no message for a bot.</summary>
    internal static (string Preset, SignalDraft Draft)? Read(JsonPayload payload)
    {
        if (IsThreeCommas(payload))
        {
            return (ThreeCommasId, ThreeCommasBotReader.Read(payload));
        }

        return TextOf(payload, "action") is { } action && NativeActs.ContainsKey(action.Trim().ToLowerInvariant())
            ? ("native", NativeBotReader.Read(payload))
            : null;
    }

    private static bool IsThreeCommas(JsonPayload payload) =>
        payload.Has("bot_id") && (payload.Has("email_token") || TextOf(payload, "message_type") is not null);

    private static string? TextOf(JsonPayload payload, string name) =>
        payload.Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? StatedField.TextOf(value) : null;
}
