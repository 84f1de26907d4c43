using System.Text;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Payloads.Presets;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>Turns a <see cref="Webhook"/> row into the <see cref="ResolvedWebhook"/> that requests pass through.</summary>
public sealed class ResolvedWebhookFactory(WebhookKeys keys, IOptions<WebhookOptions> options, IOptions<RateLimitOptions> rateLimits)
{
    public ResolvedWebhook Create(Webhook webhook, string exchange)
    {
        var secrets = new List<WebhookSecret> { Secret(webhook, keys.OpenSecret(webhook), null) };
        if (keys.OpenPreviousSecret(webhook) is { } previous && webhook.PreviousUntil is { } until)
        {
            secrets.Add(Secret(webhook, previous, until));
        }

        var rate = rateLimits.Value.Webhook;
        var window = webhook.RateWindowSeconds ?? rate.WindowSeconds;
        return new ResolvedWebhook
        {
            WebhookId = webhook.Id,
            UserId = webhook.UserId,
            AccountId = webhook.AccountId,
            Exchange = exchange,
            Sender = webhook.Sender,
            Auth = webhook.Auth,
            Secrets = secrets,
            AllowedIps = SourceAddresses.Networks(webhook.AllowedIps),
            RatePermits = rate.Capped(webhook.RatePermits ?? rate.Permits, window),
            RateWindow = TimeSpan.FromSeconds(window),
            Execute = webhook.Execute,
            Rules = Rules(webhook),
        };
    }

    public SignalRules Rules(Webhook webhook) =>
        Rules(webhook.Preset, webhook.Map, webhook.MaxLagSeconds, webhook.Rounding, webhook.DefaultSymbol, WebhookSize.Of(webhook)) with
        {
            TimeMeans = webhook.TimeMeans,
        };

    /// <summary>The rules of a webhook that is not stored yet.</summary>
    public SignalRules Rules(WebhookInput input) =>
        Rules(
            input.Preset ?? Preset.AutoId,
            input.Map?.GetRawText(),
            input.MaxLagSeconds,
            input.Rounding ?? Rounding.Reject,
            string.IsNullOrWhiteSpace(input.DefaultSymbol) ? null : input.DefaultSymbol.Trim(),
            input.DefaultSize
        ) with
        {
            TimeMeans = input.TimeMeans ?? TimeMeaning.Event,
        };

    private SignalRules Rules(string preset, string? map, int? maxLagSeconds, Rounding rounding, string? symbol, WebhookSize? size) =>
        new(
            preset,
            TimeSpan.FromSeconds(maxLagSeconds ?? options.Value.MaxLagSeconds),
            rounding,
            symbol,
            size is null ? null : new SignalSize(size.Mode, size.Value),
            Preset.For(preset, map) as CustomPreset
        )
        {
            ClockTolerance = TimeSpan.FromSeconds(options.Value.TimestampToleranceSeconds),
        };

    private static WebhookSecret Secret(Webhook webhook, string text, DateTime? until) =>
        new(text, webhook.Auth == WebhookAuthMode.Standard ? WebhookSignature.StandardKey(text) : Encoding.UTF8.GetBytes(text), until);
}
