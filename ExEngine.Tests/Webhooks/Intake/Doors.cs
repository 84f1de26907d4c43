using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using System.Net;
using System.Text;

namespace ExEngine.Tests.Webhooks.Intake;

/// <summary>Doors as <c>DoorFactory</c> makes them, without a database.</summary>
internal static class Doors
{
    public static readonly SignalRules Rules = new(
        "auto", TimeSpan.FromSeconds(300), Rounding.Reject, DefaultSymbol: null, DefaultSize: null);

    public static Door With(WebhookAuthMode auth, params DoorSecret[] secrets) => new()
    {
        WebhookId = new Guid("01000000-0000-7000-8000-000000000001"),
        UserId = new Guid("01000000-0000-7000-8000-000000000002"),
        Execute = true,
        AccountId = new Guid("01000000-0000-7000-8000-000000000003"),
        Exchange = "paper",
        Sender = WebhookSender.Other,
        Auth = auth,
        Secrets = secrets,
        AllowedIps = [],
        RatePermits = 2,
        RateWindow = TimeSpan.FromSeconds(5),
        Rules = Rules,
    };

    public static Door Standard(string secret) => With(WebhookAuthMode.Standard, StandardSecret(secret));

    public static Door Hmac(string secret) => With(WebhookAuthMode.Hmac, TextSecret(secret));

    public static Door Secret(string secret) => With(WebhookAuthMode.Secret, TextSecret(secret));

    public static DoorSecret StandardSecret(string text, DateTime? until = null) => new(text, WebhookSignature.StandardKey(text), until);

    public static DoorSecret TextSecret(string text, DateTime? until = null) => new(text, Encoding.UTF8.GetBytes(text), until);

    public static WebhookCredentials From(string ip) => new(IPAddress.Parse(ip), null, null, null, null, null);
}
