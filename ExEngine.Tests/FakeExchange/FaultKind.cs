namespace ExEngine.Tests.FakeExchange;

/// <summary>What goes wrong with a request. Each can happen to one that has its effect and to one that has not.</summary>
public enum FaultKind
{
    /// <summary>Waits, then goes on as if nothing had been: before the effect, or between it and the answer.</summary>
    Delay,

    /// <summary>The connection is reset: before the request is read, or after its effect.</summary>
    Reset,

    /// <summary>An HTML page with a status of 500 or more (502).</summary>
    ServerError,

    /// <summary>"An unexpected response was received from the message bus. Execution status unknown."</summary>
    Unexpected1006,

    /// <summary>"Timeout waiting for response from backend server. Send status unknown; execution status unknown."</summary>
    Timeout1007,

    /// <summary>An HTML page with status 200, as a proxy or a login page gives.</summary>
    HtmlPage,

    /// <summary>The first half of the JSON, as a complete answer.</summary>
    TruncatedJson,

    /// <summary>The first half of the JSON, then the connection is reset.</summary>
    CutOff,

    /// <summary>Nothing, until the caller hangs up.</summary>
    NoAnswer,

    /// <summary>
    /// The answer comes twice on the connection; Node then takes the second one now and then for the answer to the next
    /// question. Without effect it is the answer to an error of -1000.
    /// </summary>
    AnswerTwice,

    /// <summary>Every list in the answer holds each of its items twice. Always has its effect.</summary>
    DoubledItems,
}
