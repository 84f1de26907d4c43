using ExEngine.Core.Orders.Queries;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>A signal as lists show it.</summary>
/// <param name="CommittedAt">UTC instant at which it was durable; null until the commit after it, see <see cref="SignalBatch"/>.</param>
public sealed record SignalRow(
    Guid Id,
    DateTime ReceivedAt,
    DateTime? CommittedAt,
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
    /// <summary>From the first byte handled to durable; null while <see cref="CommittedAt"/> is.</summary>
    public TimeSpan? Latency => CommittedAt - ReceivedAt;
}

/// <summary>One signal with everything that is known of it.</summary>
/// <param name="Orders">What it led to, newest first, its protection among them.</param>
/// <param name="Moves">Of its own orders, oldest first.</param>
public sealed record SignalHistory(
    SignalRow Row,
    string Payload,
    SignalDetail Detail,
    string SourceIp,
    string RequestId,
    IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<OrderTransitionRow> Moves
)
{
    /// <summary>Every step with its instant, from the first byte to the last fill, in order.</summary>
    public IReadOnlyList<SignalStep> Timeline =>
        [
            // What it asked of a bot was noted in its detail, after the commit.
            .. Detail.Timeline.Concat(Row.CommittedAt is { } at ? [new SignalStep("stored", at)] : []).OrderBy(s => s.At),
            .. SignalSteps.Of(Moves),
        ];
}
