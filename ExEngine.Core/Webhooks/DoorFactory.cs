using ExEngine.Core.Data;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Presets;
using Microsoft.Extensions.Options;
using System.Net;
using System.Text;

namespace ExEngine.Core.Webhooks;

/// <summary>Turns a <see cref="Webhook"/> row into the <see cref="Door"/> that requests pass through.</summary>
public sealed class DoorFactory(SecretSealer sealer, IOptions<WebhookOptions> options, IOptions<RateLimitOptions> rateLimits)
{
    public Door Create(Webhook webhook, string exchange)
    {
        var secrets = new List<DoorSecret> { Secret(webhook, webhook.SecretSealed, "Secret", null) };
        if (webhook.PreviousSecretSealed is { } previous && webhook.PreviousUntil is { } until)
        {
            secrets.Add(Secret(webhook, previous, "PreviousSecret", until));
        }

        return new Door
        {
            WebhookId = webhook.Id,
            UserId = webhook.UserId,
            AccountId = webhook.AccountId,
            Exchange = exchange,
            Sender = webhook.Sender,
            Auth = webhook.Auth,
            Secrets = secrets,
            AllowedIps = ParseIps(webhook.AllowedIps),
            RatePermits = webhook.RatePermits ?? rateLimits.Value.Webhook.Permits,
            RateWindow = TimeSpan.FromSeconds(webhook.RateWindowSeconds ?? rateLimits.Value.Webhook.WindowSeconds),
            Execute = webhook.Execute,
            Rules = Rules(webhook),
        };
    }

    public SignalRules Rules(Webhook webhook) => Rules(
        webhook.Preset, webhook.Map, webhook.MaxLagSeconds, webhook.Rounding, webhook.DefaultSymbol, WebhookSize.Of(webhook));

    /// <summary>The rules of a webhook that is not stored yet.</summary>
    public SignalRules Rules(WebhookInput input) => Rules(
        input.Preset ?? Preset.AutoId, input.Map?.GetRawText(), input.MaxLagSeconds, input.Rounding ?? Rounding.Reject,
        string.IsNullOrWhiteSpace(input.DefaultSymbol) ? null : input.DefaultSymbol.Trim(), input.DefaultSize);

    private SignalRules Rules(string preset, string? map, int? maxLagSeconds, Rounding rounding, string? symbol, WebhookSize? size) => new(
        preset,
        TimeSpan.FromSeconds(maxLagSeconds ?? options.Value.MaxLagSeconds),
        rounding,
        symbol,
        size is null ? null : new SignalSize(size.Mode, size.Value),
        Preset.For(preset, map) as CustomPreset);

    private DoorSecret Secret(Webhook webhook, string ciphertext, string field, DateTime? until)
    {
        var text = sealer.Open(new SecretPlace("Webhook", webhook.UserId, webhook.Id, field), ciphertext);
        return new DoorSecret(
            text, webhook.Auth == WebhookAuthMode.Standard ? WebhookSignature.StandardKey(text) : Encoding.UTF8.GetBytes(text), until);
    }

    private static List<IPNetwork> ParseIps(string list) =>
    [
        .. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item =>
            item.Contains('/', StringComparison.Ordinal)
                ? IPNetwork.Parse(item)
                : IPAddress.Parse(item) is var address && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                    ? new IPNetwork(address, 32)
                    : new IPNetwork(address, 128)),
    ];
}
