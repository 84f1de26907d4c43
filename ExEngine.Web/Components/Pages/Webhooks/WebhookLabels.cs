using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Web.Components.Pages.Webhooks;

/// <summary>How pages call what rows call by code.</summary>
internal static class WebhookLabels
{
    public static string Auth(WebhookAuthMode auth) =>
        auth switch
        {
            WebhookAuthMode.Standard => "Standard Webhooks signature",
            WebhookAuthMode.Hmac => "HMAC signature of the body",
            WebhookAuthMode.Url => "The URL alone",
            _ => "Secret in the message",
        };

    public static string AuthHelp(WebhookAuthMode auth) =>
        auth switch
        {
            WebhookAuthMode.Standard => "Headers webhook-id, webhook-timestamp and webhook-signature; safe against replay.",
            WebhookAuthMode.Hmac =>
                "Header X-Hub-Signature-256, as GitHub sends it. A message that is the same to the letter counts once, for ever: give each an id or a time.",
            WebhookAuthMode.Url =>
                "Whoever learns the URL can trade: it stands in logs and histories of what sends it. Only for senders that cannot state a secret.",
            _ => "A field \"secret\" of its own in the message, or secret=… in a text. A message without it is refused.",
        };

    /// <summary>What was wrong with a sender that was refused.</summary>
    public static string Failure(AuthFailure failure) =>
        failure switch
        {
            AuthFailure.SecretMissing => "No secret in the message",
            AuthFailure.SecretWrong => "Wrong secret",
            AuthFailure.SourceIpNotAllowed => "Address not allowed",
            AuthFailure.SignatureMissing => "No signature",
            AuthFailure.SignatureMalformed => "Unreadable signature",
            AuthFailure.SignatureWrong => "Wrong signature",
            AuthFailure.TimestampOutsideTolerance => "Signed too long ago, or a wrong clock",
            _ => failure.ToString(),
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
