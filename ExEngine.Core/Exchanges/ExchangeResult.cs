using System.Diagnostics.CodeAnalysis;

namespace ExEngine.Core.Exchanges;

/// <summary>How a call to an exchange ended.</summary>
public sealed record ExchangeResult<T>
{
    internal ExchangeResult(ExchangeOutcome outcome, T? value, ExchangeFault? fault) => (Outcome, Value, Fault) = (outcome, value, fault);

    public ExchangeOutcome Outcome { get; }

    /// <summary>The answer; default unless <see cref="ExchangeOutcome.Done"/>.</summary>
    public T? Value { get; }

    /// <summary>Why not; null when done.</summary>
    public ExchangeFault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsDone => Outcome == ExchangeOutcome.Done;
}

/// <summary>Makes the four endings.</summary>
public static class ExchangeResult
{
    public static ExchangeResult<T> Done<T>(T value) => new(ExchangeOutcome.Done, value, null);

    public static ExchangeResult<T> Refused<T>(ExchangeFault fault) => new(ExchangeOutcome.Refused, default, fault);

    public static ExchangeResult<T> NotExecuted<T>(ExchangeFault fault) => new(ExchangeOutcome.NotExecuted, default, fault);

    public static ExchangeResult<T> Unknown<T>(ExchangeFault fault) => new(ExchangeOutcome.Unknown, default, fault);
}

public enum ExchangeOutcome
{
    Done,

    /// <summary>The exchange said no, definitely; the same request would be refused again.</summary>
    Refused,

    /// <summary>Definitely not executed, and may be later: a limit, a clock, no connection, a deadline that was over.</summary>
    NotExecuted,

    /// <summary>It may have been executed or not: only asking tells.</summary>
    Unknown,
}

/// <param name="Kind">What the caller acts on.</param>
/// <param name="Code">The exchange's own code (<c>-2010</c>), or this product's word (<c>timeout</c>); for people and logs.</param>
/// <param name="Message">One line without keys and signatures.</param>
/// <param name="RetryAfter">Nothing is sent to this exchange from this address before that; null when it does not say.</param>
public sealed record ExchangeFault(FaultKind Kind, string Code, string Message, TimeSpan? RetryAfter = null);

public enum FaultKind
{
    /// <summary>A rule of the market or of the request: price, quantity, cost, precision, parameters.</summary>
    Rule,

    /// <summary>A post-only order would have taken at once; it was not placed.</summary>
    WouldTake,

    /// <summary>Not enough balance.</summary>
    Funds,

    /// <summary>The key is wrong, may not do this, or may not from this address.</summary>
    Credentials,

    /// <summary>The client id is taken by an open order: look at that one.</summary>
    DuplicateId,

    /// <summary>There is no such (open) order.</summary>
    OrderUnknown,

    /// <summary>Too many requests; <see cref="ExchangeFault.RetryAfter"/> says how long to be silent.</summary>
    RateLimited,

    /// <summary>The clocks differ by more than the exchange takes.</summary>
    Clock,

    /// <summary>It could not be reached, or is closed for maintenance; nothing was sent.</summary>
    Unavailable,

    /// <summary>Timeout, reset, 5xx, garbage: sent, and no definite answer.</summary>
    Ambiguous,

    /// <summary>Not offered by this exchange or through this library.</summary>
    NotSupported,
}
