using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// What a person or a script states about a webhook, the same in the form and over REST. When a webhook is changed, what
/// is left out of sender, auth, preset, map, rounding, tradesWith, timeMeans, execute and enabled stays; every other optional field
/// takes its default.
/// </summary>
public sealed record WebhookInput
{
    public string? Name { get; set; }
    public Guid? AccountId { get; set; }

    /// <summary>Default: <c>other</c>.</summary>
    public WebhookSender? Sender { get; set; }

    /// <summary>Default: <c>secret</c> for TradingView, which cannot sign; <c>standard</c> for others.</summary>
    public WebhookAuthMode? Auth { get; set; }

    /// <summary>One of <see cref="Payloads.Presets.Preset.Ids"/>. Default: <c>auto</c>.</summary>
    public string? Preset { get; set; }

    /// <summary>
    /// For the custom preset: what fills which field of an alert, as <see cref="PayloadMapParser"/> reads it. Stays when it is left
    /// out of a change.
    /// </summary>
    public JsonElement? Map { get; set; }

    /// <summary>Default: the shipped limit of <c>RateLimits:Webhook</c>.</summary>
    public WebhookRate? RateLimit { get; set; }

    /// <summary>1 to 86,400. Default: <c>Webhooks:MaxLagSeconds</c>.</summary>
    public int? MaxLagSeconds { get; set; }

    /// <summary>
    /// Default: <c>round</c> for TradingView, whose strategies compute quantities without knowing the market's step; <c>reject</c> for
    /// others.
    /// </summary>
    public Rounding? Rounding { get; set; }

    /// <summary>
    /// A webhook of the same account whose position this one trades together with it; its own id, or an empty one, for a position of its
    /// own. Default: its own.
    /// </summary>
    public Guid? TradesWith { get; set; }

    /// <summary>What the time in its messages says. Default: <c>event</c>.</summary>
    public TimeMeaning? TimeMeans { get; set; }

    /// <summary>
    /// In percent, 0.01 to 20: the most that a market entry may pay above the price of its planning; what is not bought at that is not
    /// bought. Exits have none. Default: no limit.
    /// </summary>
    public decimal? MaxSlippage { get; set; }

    /// <summary>For alerts that name no symbol.</summary>
    public string? DefaultSymbol { get; set; }

    /// <summary>For alerts that state no size.</summary>
    public WebhookSize? DefaultSize { get; set; }

    /// <summary>
    /// Addresses and CIDR ranges; empty means anyone. Default: TradingView's own for TradingView, and this machine where only it knows the
    /// webhook's address; else empty.
    /// </summary>
    public IReadOnlyList<string>? AllowedIps { get; set; }

    /// <summary>False: signals are checked and shown but never traded. Default: true.</summary>
    public bool? Execute { get; set; }

    /// <summary>False: the webhook answers as if it did not exist. Default: true.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Every choice made: stated, kept from <paramref name="stored"/>, or the default.</summary>
    public WebhookInput Complete(Webhook? stored)
    {
        var sender = Sender ?? stored?.Sender ?? WebhookSender.Other;
        var usual = sender == WebhookSender.TradingView ? WebhookAuthMode.Secret : WebhookAuthMode.Standard;
        return this with
        {
            Name = Name?.Trim(),
            Sender = sender,
            Auth = Auth ?? (stored?.Sender == sender ? stored.Auth : usual),
            Preset = Preset ?? stored?.Preset ?? Payloads.Presets.Preset.AutoId,
            Map = Map ?? StoredMap(stored),
            TradesWith = TradesWith is { } other ? (other == stored?.Id ? Guid.Empty : other) : stored?.TradesWithId,
            TimeMeans = TimeMeans ?? stored?.TimeMeans ?? TimeMeaning.Event,
            Rounding = Rounding ?? stored?.Rounding ?? UsualRounding(sender),
            DefaultSymbol = string.IsNullOrWhiteSpace(DefaultSymbol) ? null : DefaultSymbol.Trim(),
            AllowedIps = AllowedIps ?? SourceAddresses.Usual(sender),
            Execute = Execute ?? stored?.Execute ?? true,
            Enabled = Enabled ?? stored?.Enabled ?? true,
        };
    }

    /// <summary>Whether saving this would issue a new secret: another way to authenticate needs another one.</summary>
    public bool IssuesSecret(Webhook stored) => Complete(stored).Auth != stored.Auth;

    /// <summary>What happens to numbers off the step where nobody has chosen.</summary>
    public static Rounding UsualRounding(WebhookSender sender) =>
        sender == WebhookSender.TradingView ? Markets.Rounding.Round : Markets.Rounding.Reject;

    /// <summary>What the form starts with when a webhook is edited.</summary>
    public static WebhookInput Of(Webhook webhook) =>
        new()
        {
            Name = webhook.Name,
            AccountId = webhook.AccountId,
            Sender = webhook.Sender,
            Auth = webhook.Auth,
            Preset = webhook.Preset,
            Map = StoredMap(webhook),
            RateLimit = webhook is { RatePermits: { } permits, RateWindowSeconds: { } seconds } ? new WebhookRate(permits, seconds) : null,
            MaxLagSeconds = webhook.MaxLagSeconds,
            Rounding = webhook.Rounding,
            TradesWith = webhook.TradesWithId,
            TimeMeans = webhook.TimeMeans,
            MaxSlippage = webhook.MaxSlippage is { } most ? IncrementMath.Shortest(most) : null,
            DefaultSymbol = webhook.DefaultSymbol,
            DefaultSize = WebhookSize.Of(webhook),
            AllowedIps = SourceAddresses.Split(webhook.AllowedIps),
            Execute = webhook.Execute,
            Enabled = webhook.Enabled,
        };

    /// <summary>Puts everything into the row; once it is <see cref="Complete"/> and found valid.</summary>
    internal void WriteTo(Webhook webhook, DateTime now)
    {
        webhook.Name = Name!;
        webhook.NormalizedName = webhook.Name.ToUpperInvariant();
        webhook.AccountId = AccountId!.Value;
        webhook.Sender = Sender!.Value;
        webhook.Auth = Auth!.Value;
        webhook.Preset = Preset!;
        webhook.Map = Map is { } map ? JsonSerializer.Serialize(map, ExactJson.Options) : null;
        webhook.RatePermits = RateLimit?.Permits;
        webhook.RateWindowSeconds = RateLimit?.WindowSeconds;
        webhook.MaxLagSeconds = MaxLagSeconds;
        webhook.Rounding = Rounding!.Value;
        webhook.TradesWithId = TradesWith is { } other && other != Guid.Empty ? other : null;
        webhook.TimeMeans = TimeMeans!.Value;
        webhook.MaxSlippage = MaxSlippage;
        webhook.DefaultSymbol = DefaultSymbol;
        webhook.DefaultSizeMode = DefaultSize?.Mode.ToString();
        webhook.DefaultSizeValue = DefaultSize?.Value;
        webhook.AllowedIps = SourceAddresses.Join(AllowedIps!);
        webhook.Execute = Execute!.Value;
        webhook.Enabled = Enabled!.Value;
        webhook.UpdatedAt = now;
    }

    private static JsonElement? StoredMap(Webhook? stored) => stored?.Map is { } map ? JsonSerializer.Deserialize<JsonElement>(map) : null;
}

/// <param name="Permits">1 to 10,000 requests in any stretch of the window.</param>
/// <param name="WindowSeconds">1 to 3,600.</param>
public sealed record WebhookRate(int Permits, int WindowSeconds);

/// <param name="Value">In base, in quote, or in percent, as the mode says.</param>
public sealed record WebhookSize(SizeMode Mode, decimal Value)
{
    public static WebhookSize? Of(Webhook webhook) =>
        webhook.DefaultSizeValue is { } value && Enum.TryParse<SizeMode>(webhook.DefaultSizeMode, out var mode) ? new(mode, value) : null;
}
