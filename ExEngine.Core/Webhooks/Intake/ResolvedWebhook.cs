using System.Net;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Payloads.Presets;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// What the intake needs of a webhook for each request: secrets opened, lists parsed, defaults filled in. Immutable; held in
/// memory only, by <see cref="WebhookCache"/>.
/// </summary>
public sealed record ResolvedWebhook
{
    public required Guid WebhookId { get; init; }
    public required Guid UserId { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Whose market rules apply: the account's exchange.</summary>
    public required string Exchange { get; init; }
    public required WebhookSender Sender { get; init; }
    public required WebhookAuthMode Auth { get; init; }

    /// <summary>One, or two while rotating.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>Empty means anyone.</summary>
    public required IReadOnlyList<IPNetwork> AllowedIps { get; init; }
    public required int RatePermits { get; init; }
    public required TimeSpan RateWindow { get; init; }

    /// <summary>False: signals are checked and shown but never traded.</summary>
    public required bool Execute { get; init; }
    public required SignalRules Rules { get; init; }

    /// <summary>An operator keeps its owner out: no alert is taken.</summary>
    public bool OwnerIsDisabled { get; init; }
}

/// <summary>How a webhook reads what comes in: the part of its settings that matters once the sender is known.</summary>
/// <param name="Preset">Preset id, or <c>auto</c>.</param>
/// <param name="MaxLag">Applies to payloads that state a time.</param>
/// <param name="Custom">The webhook's map, when its preset is the custom one; null otherwise.</param>
public sealed record SignalRules(
    string Preset,
    TimeSpan MaxLag,
    Rounding Rounding,
    string? DefaultSymbol,
    SignalSize? DefaultSize,
    CustomPreset? Custom = null
)
{
    public TimeMeaning TimeMeans { get; init; }

    /// <summary>How far a sender's clock may be ahead.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>A secret as the sender knows it and the HMAC key made of it.</summary>
/// <param name="ValidUntil">UTC; null for the current one, the end of the overlap for the former one.</param>
public sealed record WebhookSecret(string Text, byte[] Key, DateTime? ValidUntil)
{
    /// <summary>The text as it would stand in a body.</summary>
    public byte[] Utf8 { get; } = System.Text.Encoding.UTF8.GetBytes(Text);
}
