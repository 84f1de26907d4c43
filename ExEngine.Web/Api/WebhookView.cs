using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Web.Api;

/// <summary>A webhook as REST shows it.</summary>
/// <param name="Map">What fills which field, for the custom preset.</param>
/// <param name="RateLimit">Null means the shipped default.</param>
/// <param name="TradesWith">The webhook whose position it trades; null trades one of its own.</param>
/// <param name="MaxSlippage">In percent, of market entries; null is no limit.</param>
/// <param name="PreviousUntil">While rotating: the UTC instant at which the former URL and secret end.</param>
/// <param name="Today">Counts of the present UTC day.</param>
public sealed record WebhookView(
    Guid Id,
    string Name,
    Guid AccountId,
    WebhookSender Sender,
    WebhookAuthMode Auth,
    string Preset,
    JsonElement? Map,
    WebhookRate? RateLimit,
    int? MaxLagSeconds,
    Rounding Rounding,
    Guid? TradesWith,
    TimeMeaning TimeMeans,
    decimal? MaxSlippage,
    string? DefaultSymbol,
    WebhookSize? DefaultSize,
    IReadOnlyList<string> AllowedIps,
    bool Execute,
    bool Enabled,
    DateTime? PreviousUntil,
    WebhookTodayView Today,
    DateTime? LastReceivedAt,
    DateTime? LastRefusedAt,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    /// <summary>Told once, when there is a new one: after creating, rotating, or changing the way to authenticate.</summary>
    public string? Url { get; init; }
    public string? Secret { get; init; }

    /// <summary>Told for one webhook, not in lists: why senders were refused today and yesterday, the last one first.</summary>
    public IReadOnlyList<RefusedSenderView>? RefusedSenders { get; init; }

    // A record prints its properties; these would end up in a log.
    public override string ToString() => $"Webhook {Id}";

    public static WebhookView Of(Webhook w, WebhookToday? today, DateTime now)
    {
        var input = WebhookInput.Of(w);
        return new(
            w.Id,
            w.Name,
            w.AccountId,
            w.Sender,
            w.Auth,
            w.Preset,
            input.Map,
            input.RateLimit,
            w.MaxLagSeconds,
            w.Rounding,
            w.TradesWithId,
            w.TimeMeans,
            input.MaxSlippage,
            w.DefaultSymbol,
            input.DefaultSize,
            input.AllowedIps!,
            w.Execute,
            w.Enabled,
            w.PreviousUntil > now ? w.PreviousUntil : null,
            new(today?.Accepted ?? 0, today?.Refused ?? 0, today?.TurnedAway ?? 0, today?.Duplicates ?? 0),
            today?.LastReceivedAt,
            today?.LastRefusedAt,
            w.CreatedAt,
            w.UpdatedAt
        );
    }
}

/// <param name="Reason">Such as <c>secretMissing</c>, <c>signatureWrong</c>, <c>sourceIpNotAllowed</c>.</param>
/// <param name="Since">The first of that UTC day.</param>
/// <param name="LastFrom">The address of the last one.</param>
public sealed record RefusedSenderView(AuthFailure Reason, long Count, DateTime Since, DateTime LastAt, string LastFrom);

/// <param name="TurnedAway">Requests without valid credentials or over the rate limit; they leave no signal.</param>
/// <param name="Duplicates">Requests that were answered with the signal that came first.</param>
public sealed record WebhookTodayView(int Accepted, int Refused, long TurnedAway, long Duplicates);
