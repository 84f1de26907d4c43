using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;

namespace ExEngine.Web.Components.Pages.Webhooks;

/// <summary>How pages call what rows call by code.</summary>
internal static class WebhookLabels
{
    public static string Auth(WebhookAuthMode auth) =>
        auth switch
        {
            WebhookAuthMode.Standard => "Standard Webhooks signature",
            WebhookAuthMode.Hmac => "HMAC signature of the body",
            _ => "Secret in the message",
        };

    public static string AuthHelp(WebhookAuthMode auth) =>
        auth switch
        {
            WebhookAuthMode.Standard => "Headers webhook-id, webhook-timestamp and webhook-signature; safe against replay.",
            WebhookAuthMode.Hmac =>
                "Header X-Hub-Signature-256, as GitHub sends it. A message that is the same to the letter counts once, for ever: give each an id or a time.",
            _ => "A secret field in the message, or the URL alone when the message has none.",
        };

    public static string TimeHelp(TimeMeaning time) =>
        time switch
        {
            TimeMeaning.Event => "As {{timenow}} is. Older alerts than the maximum age are kept and not traded.",
            TimeMeaning.BarOpen => "As {{time}} is. The message then needs its \"interval\" as well.",
            _ => "Alerts are traded however old they say they are.",
        };

    public static string Sender(WebhookSender sender) => sender == WebhookSender.TradingView ? "TradingView" : "Other";

    public static string Preset(string id) =>
        Core.Webhooks.Payloads.Presets.Preset.All.FirstOrDefault(p => p.Id == id)?.Name ?? "Recognised by itself";

    public static string Size(SizeMode mode) =>
        mode switch
        {
            SizeMode.Base => "base (BTC of BTC/USDT)",
            SizeMode.Quote => "quote (USDT of BTC/USDT)",
            SizeMode.PercentOfEquity => "% of equity",
            SizeMode.PercentOfAvailable => "% of what is available",
            SizeMode.PercentOfPosition => "% of the position",
            SizeMode.RiskAmount => "quote at risk",
            _ => "% of equity at risk",
        };
}
