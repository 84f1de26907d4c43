using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Core.Webhooks;

/// <summary>A URL with a secret, owned by a user, pointing at one exchange account.</summary>
public sealed class Webhook
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>3 to 64 characters, unique per user without regard to case.</summary>
    public required string Name { get; set; }
    public required string NormalizedName { get; set; }

    /// <summary>SHA-256 of the URL token: how a request finds its webhook.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The token itself, sealed: the test button needs it to call the real endpoint. Shown again upon a proof only.</summary>
    public required string TokenSealed { get; set; }
    public required string SecretSealed { get; set; }

    /// <summary>While rotating, the former pair stays valid until <see cref="PreviousUntil"/> (UTC).</summary>
    public byte[]? PreviousTokenHash { get; set; }
    public string? PreviousSecretSealed { get; set; }
    public DateTime? PreviousUntil { get; set; }

    public WebhookSender Sender { get; set; }
    public WebhookAuthMode Auth { get; set; }

    /// <summary>Id of the payload preset, or <c>auto</c>.</summary>
    public required string Preset { get; set; }

    /// <summary>
    /// JSON of the payload map (<see cref="PayloadMapParser"/>), for the custom preset; kept while another one is chosen.
    /// </summary>
    public string? Map { get; set; }

    /// <summary>Null means the shipped default of <c>RateLimits:Webhook</c>.</summary>
    public int? RatePermits { get; set; }
    public int? RateWindowSeconds { get; set; }

    /// <summary>Null means <c>Webhooks:MaxLagSeconds</c>. Only payloads that state a time can be late.</summary>
    public int? MaxLagSeconds { get; set; }
    public Rounding Rounding { get; set; }
    public string? DefaultSymbol { get; set; }

    /// <summary>Sizing mode name of <see cref="DefaultSizeValue"/>, for alerts that state no size.</summary>
    public string? DefaultSizeMode { get; set; }
    public decimal? DefaultSizeValue { get; set; }

    /// <summary>The webhook of the same account whose position this one trades; null trades one of its own.</summary>
    public Guid? TradesWithId { get; set; }
    public TimeMeaning TimeMeans { get; set; }

    /// <summary>
    /// In percent: market entries are sent as limit orders, executed at once or not at all, so far above the price at most. Null: no limit.
    /// </summary>
    public decimal? MaxSlippage { get; set; }

    /// <summary>IP addresses and CIDR ranges, comma-separated; empty means anyone.</summary>
    public string AllowedIps { get; set; } = "";

    /// <summary>False: signals are checked and shown but never traded.</summary>
    public bool Execute { get; set; }

    /// <summary>False: the webhook answers as if it did not exist.</summary>
    public bool Enabled { get; set; } = true;

    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Set when the user deleted it. The row stays because signals name it; its secrets are wiped.</summary>
    public DateTime? DeletedAt { get; set; }
}

public enum WebhookSender
{
    TradingView,
    Other,
}

public enum WebhookAuthMode
{
    /// <summary>Standard Webhooks 1.0.0: <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>.</summary>
    Standard,

    /// <summary><c>X-Hub-Signature-256</c> or <c>X-Signature</c>: HMAC-SHA256 of the raw body in hex.</summary>
    Hmac,

    /// <summary>The secret is in the message: a field <c>secret</c> of its own, or <c>secret=…</c> in a text.</summary>
    Secret,

    /// <summary>
    /// Whoever knows the URL may send; a secret that is stated all the same must be right. For senders that cannot state one: URLs end up
    /// in logs and histories.
    /// </summary>
    Url,
}

/// <summary>What the time in a payload says.</summary>
public enum TimeMeaning
{
    /// <summary>When the alert fired.</summary>
    Event,

    /// <summary>When the bar opened whose close fired it: the bar's interval is added.</summary>
    BarOpen,

    /// <summary>Nothing that an alert's age could be told from.</summary>
    None,
}
