using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Web.Api;

/// <summary>A signal in a list.</summary>
/// <param name="LatencyMs">Milliseconds from the first byte to durable; null until the commit's instant is known.</param>
public sealed record SignalView(
    Guid Id,
    DateTime ReceivedAt,
    double? LatencyMs,
    Guid WebhookId,
    string Webhook,
    Guid AccountId,
    SignalStatus Status,
    string Preset,
    string? Symbol,
    string? Action,
    string? Size,
    string? Code,
    string? Reason
)
{
    public static SignalView Of(SignalRow row) =>
        new(
            row.Id,
            row.ReceivedAt,
            Milliseconds(row.Latency),
            row.WebhookId,
            row.Webhook,
            row.AccountId,
            row.Status,
            row.Preset,
            row.Symbol,
            row.Action,
            row.Size,
            row.Code,
            row.Reason
        );

    internal static double? Milliseconds(TimeSpan? span) => span is { } s ? Math.Round(s.TotalMilliseconds, 3) : null;
}

/// <summary>One signal with everything that is known of it.</summary>
/// <param name="Payload">The raw body as text, secrets cut out.</param>
/// <param name="Orders">What it led to at the exchange.</param>
/// <param name="IsTest">A test alert, which is never traded.</param>
public sealed record SignalHistoryView(
    Guid Id,
    DateTime ReceivedAt,
    double? LatencyMs,
    Guid WebhookId,
    string Webhook,
    Guid AccountId,
    SignalStatus Status,
    string Preset,
    string? Symbol,
    string? Action,
    string? Size,
    string? Code,
    string? Reason,
    string Payload,
    SignalDraft? Draft,
    IReadOnlyList<OrderCheck> Checks,
    OrderRefusal? Refusal,
    IReadOnlyList<FieldError> Errors,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StepView> Timeline,
    IReadOnlyList<OrderView> Orders,
    string SourceIp,
    string RequestId,
    bool IsTest
)
{
    public static SignalHistoryView Of(SignalHistory story)
    {
        var (row, detail) = (story.Row, story.Detail);
        return new SignalHistoryView(
            row.Id,
            row.ReceivedAt,
            SignalView.Milliseconds(row.Latency),
            row.WebhookId,
            row.Webhook,
            row.AccountId,
            row.Status,
            row.Preset,
            row.Symbol,
            row.Action,
            row.Size,
            row.Code,
            row.Reason,
            story.Payload,
            detail.Draft,
            detail.Checks,
            detail.Refusal,
            detail.Errors,
            detail.Notes,
            StepView.Of(story.Timeline),
            [.. story.Orders.Select(OrderView.Of)],
            story.SourceIp,
            story.RequestId,
            detail.IsTest == true
        );
    }
}

/// <param name="At">UTC instant at which the step was finished.</param>
/// <param name="Ms">Milliseconds since the step before; 0 for the first.</param>
public sealed record StepView(string Step, DateTime At, double Ms)
{
    public static IReadOnlyList<StepView> Of(IReadOnlyList<SignalStep> steps) =>
        [.. steps.Select((s, i) => new StepView(s.Step, s.At, i == 0 ? 0 : Math.Round((s.At - steps[i - 1].At).TotalMilliseconds, 3)))];
}

/// <summary>What would become of a stored payload under today's settings and rules.</summary>
public sealed record DryRunView(
    SignalStatus Status,
    SignalDraft? Draft,
    IReadOnlyList<OrderCheck> Checks,
    OrderRefusal? Refusal,
    IReadOnlyList<FieldError> Errors,
    IReadOnlyList<string> Notes
)
{
    public static DryRunView Of(DryRun run) =>
        new(run.Status, run.Detail.Draft, run.Detail.Checks, run.Detail.Refusal, run.Detail.Errors, run.Detail.Notes);
}
