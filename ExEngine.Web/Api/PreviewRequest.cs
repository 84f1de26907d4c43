using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Web.Api;

/// <summary>A sample and how to read it, with the names and defaults of a webhook.</summary>
/// <param name="Sample">The body as the sender would send it.</param>
/// <param name="AccountId">Whose exchange's rules check it; null checks against none.</param>
public sealed record PreviewRequest(
    string? Sample,
    string? Preset,
    JsonElement? Map,
    Guid? AccountId,
    Rounding? Rounding,
    string? DefaultSymbol,
    WebhookSize? DefaultSize
)
{
    public WebhookInput Input() =>
        new()
        {
            Preset = Preset,
            Map = Map,
            AccountId = AccountId,
            Rounding = Rounding,
            DefaultSymbol = DefaultSymbol,
            DefaultSize = DefaultSize,
        };
}

/// <summary>What would become of an alert like the sample.</summary>
/// <param name="Preset">The preset that read it: the one that <c>auto</c> recognised.</param>
public sealed record PreviewView(
    string Preset,
    SignalStatus Status,
    SignalDraft? Draft,
    IReadOnlyList<OrderCheck> Checks,
    OrderRefusal? Refusal,
    IReadOnlyList<FieldError> Errors,
    IReadOnlyList<string> Notes
)
{
    public static PreviewView Of(PreviewResult answer) =>
        new(
            answer.Preset,
            answer.Status,
            answer.Detail.Draft,
            answer.Detail.Checks,
            answer.Detail.Refusal,
            answer.Detail.Errors,
            answer.Detail.Notes
        );
}
