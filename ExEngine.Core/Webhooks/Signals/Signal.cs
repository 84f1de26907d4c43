namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// One authenticated request through a webhook, kept for ever with what became of it. Written by
/// <c>SignalWriter</c> in SQL of its own; everything else reads it through <c>AppDb</c>.
/// </summary>
public sealed class Signal
{
    /// <summary>UUID version 7: newest first is descending id.</summary>
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid WebhookId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>UTC instant at which the first byte of the request was handled.</summary>
    public DateTime ReceivedAt { get; set; }

    /// <summary>The commit that made it durable; its instant is in <see cref="SignalBatch"/>.</summary>
    public Guid BatchId { get; set; }

    /// <summary>
    /// UTC; from then on the lease holder plans it. Null when nothing is to be done: refused, stale, a test, a webhook
    /// that does not execute, or planned already with every leg on its way.
    /// </summary>
    public DateTime? DueAt { get; set; }

    /// <summary>Unique per webhook. Null for a refused signal: a corrected resend must not count as a duplicate.</summary>
    public string? DedupeKey { get; set; }
    public SignalStatus Status { get; set; }

    /// <summary>Id of the preset that understood the payload.</summary>
    public required string Preset { get; set; }

    /// <summary>The market's symbol when it was resolved, else the text that was sent.</summary>
    public string? Symbol { get; set; }
    public string? Action { get; set; }

    /// <summary>The size in words, as stated: <c>0.001 BTC</c>, <c>50 %</c>.</summary>
    public string? Size { get; set; }

    /// <summary>Refusal code, null unless refused.</summary>
    public string? Code { get; set; }

    /// <summary>One sentence that says what was wrong, what is allowed and what to do.</summary>
    public string? Reason { get; set; }

    /// <summary>The raw body as UTF-8 text, secrets cut out.</summary>
    public required string Payload { get; set; }

    /// <summary>JSON of <c>SignalDetail</c>: the draft, each check with its numbers, and the timeline.</summary>
    public required string Detail { get; set; }
    public required string SourceIp { get; set; }
    public required string RequestId { get; set; }
}

public enum SignalStatus
{
    Accepted,
    Planned,
    Done,
    Refused,
    Stale,
    Failed,
}
