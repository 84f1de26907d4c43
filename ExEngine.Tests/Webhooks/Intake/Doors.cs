using System.Net;
using System.Text;
using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Tests.Webhooks.Intake;

/// <summary>Doors as <c>ResolvedWebhookFactory</c> makes them, without a database.</summary>
internal static class Doors
{
    public static readonly SignalRules Rules = new(
        "auto",
        TimeSpan.FromSeconds(300),
        Rounding.Reject,
        DefaultSymbol: null,
        DefaultSize: null
    );

    public static ResolvedWebhook With(WebhookAuthMode auth, params WebhookSecret[] secrets) =>
        new()
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

    public static ResolvedWebhook Standard(string secret) => With(WebhookAuthMode.Standard, StandardSecret(secret));

    public static ResolvedWebhook Hmac(string secret) => With(WebhookAuthMode.Hmac, TextSecret(secret));

    public static ResolvedWebhook Secret(string secret) => With(WebhookAuthMode.Secret, TextSecret(secret));

    public static WebhookSecret StandardSecret(string text, DateTime? until = null) => new(text, WebhookSignature.StandardKey(text), until);

    public static WebhookSecret TextSecret(string text, DateTime? until = null) => new(text, Encoding.UTF8.GetBytes(text), until);

    public static WebhookCredentials From(string ip) => new(IPAddress.Parse(ip), null, null, null, null, null);
}
