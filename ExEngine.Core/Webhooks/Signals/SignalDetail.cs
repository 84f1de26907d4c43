using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>What explains a signal; stored with it as JSON (<see cref="ExactJson"/>).</summary>
public sealed record SignalDetail
{
    /// <summary>True for a test alert: stored and shown like any other, never traded. Null otherwise.</summary>
    public bool? IsTest { get; init; }

    /// <summary>Null when the payload could not be understood.</summary>
    public SignalDraft? Draft { get; init; }

    /// <summary>Every check against the market, passed or not, with its numbers.</summary>
    public IReadOnlyList<OrderCheck> Checks { get; init; } = [];

    /// <summary>The first broken market rule; null unless refused by one.</summary>
    public OrderRefusal? Refusal { get; init; }

    /// <summary>Field errors, when the payload was not understood.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What the reader should know though it is no error: rules are stale, fields were ignored.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The steps before the commit; the commit's own instant is in <see cref="SignalBatch"/>.</summary>
    public IReadOnlyList<SignalStep> Timeline { get; init; } = [];
}

/// <param name="Step"><c>received</c>, <c>authenticated</c>, <c>parsed</c>, <c>checked</c>; later <c>stored</c>.</param>
/// <param name="At">UTC instant at which the step was finished.</param>
public sealed record SignalStep(string Step, DateTime At);

/// <param name="Field">The payload's own field name; empty for the body as a whole.</param>
/// <param name="Message">What was wrong, what is allowed, what to do.</param>
public sealed record FieldError(string Field, string Message);
