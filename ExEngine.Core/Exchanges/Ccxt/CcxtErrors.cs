using System.Collections.Frozen;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// Decides what a failed call means, because CCXT's exceptions do not separate "refused" from "unknown". In this order: the
/// gateway's own reason, the exchange's code, the HTTP status, and whether the request had been sent. What was sent and has
/// no definite answer is unknown.
/// </summary>
public static class CcxtErrors
{
    // The gateway's reasons, and this side's, in the words of the registry. What else CCXT names stays as it names it.
    private static readonly FrozenDictionary<string, string> OwnCodes = new Dictionary<string, string>
    {
        ["silence"] = FaultCodes.ExchangeLimited,
        ["rateLimit"] = FaultCodes.ExchangeLimited,
        ["notExact"] = FaultCodes.NotExact,
        ["noPrice"] = RefusalCodes.PriceUnknown,
        ["noClientId"] = FaultCodes.NoClientId,
        ["notSupported"] = FaultCodes.NotSupported,
        ["deadline"] = FaultCodes.Deadline,
        ["repeated"] = FaultCodes.Repeated,
        ["tooLong"] = FaultCodes.ListTooLong,
        ["unreadable"] = FaultCodes.Unreadable,
        ["RequestTimeout"] = FaultCodes.Timeout,
        [GatewayException.Unavailable] = FaultCodes.GatewayUnavailable,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (ExchangeOutcome Outcome, ExchangeFault Fault) Classify(string exchange, CcxtFault fault)
    {
        var (outcome, kind) = Decide(exchange, fault);
        TimeSpan? silence = fault.RetryAfter is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        return (outcome, new ExchangeFault(kind, CodeOf(fault), fault.Message, silence));
    }

    private static (ExchangeOutcome, FaultKind) Decide(string exchange, CcxtFault fault)
    {
        if (fault.Local)
        {
            return OfGateway(fault.Error);
        }

        if (fault.Code is not null && (CcxtCodes.KindOf(exchange, fault) ?? Named(fault)) is { } stated)
        {
            return (OutcomeOf(stated), stated);
        }

        return fault switch
        {
            { Status: 418 or 429 } => (ExchangeOutcome.NotExecuted, FaultKind.RateLimited),
            { Status: 401 } => (ExchangeOutcome.Refused, FaultKind.Credentials),

            // A firewall in front of the exchange: it turned the request away.
            { Status: 403 } => (ExchangeOutcome.NotExecuted, FaultKind.Unavailable),
            { Status: 404 or 405 } => (ExchangeOutcome.Refused, FaultKind.NotSupported),
            { Sent: true } => (ExchangeOutcome.Unknown, FaultKind.Ambiguous),
            _ => NotSent(fault.Error),
        };
    }

    private static (ExchangeOutcome, FaultKind) OfGateway(string reason) =>
        reason switch
        {
            "silence" or "rateLimit" => (ExchangeOutcome.NotExecuted, FaultKind.RateLimited),
            "noPrice" => (ExchangeOutcome.Refused, FaultKind.Rule),
            "notExact" or "noClientId" or "notSupported" => (ExchangeOutcome.Refused, FaultKind.NotSupported),

            // The first of the two may have been executed.
            "repeated" => (ExchangeOutcome.Unknown, FaultKind.Ambiguous),
            _ => (ExchangeOutcome.NotExecuted, FaultKind.Unavailable),
        };

    /// <summary>A code that no table here has, but CCXT's has. Its doubtful exceptions decide nothing.</summary>
    private static FaultKind? Named(CcxtFault fault) => fault.Status >= 500 ? null : KindOf(fault.Error);

    private static (ExchangeOutcome, FaultKind) NotSent(string error) =>
        KindOf(error) is { } kind ? (OutcomeOf(kind), kind) : (ExchangeOutcome.NotExecuted, FaultKind.Unavailable);

    private static FaultKind? KindOf(string error) =>
        error switch
        {
            "InvalidOrder"
            or "BadRequest"
            or "BadSymbol"
            or "ArgumentsRequired"
            or "OrderImmediatelyFillable"
            or "OrderNotFillable"
            or "ContractUnavailable" => FaultKind.Rule,
            "InsufficientFunds" => FaultKind.Funds,
            "AuthenticationError"
            or "PermissionDenied"
            or "AccountSuspended"
            or "AccountNotEnabled"
            or "RestrictedLocation"
            or "ManualInteractionNeeded" => FaultKind.Credentials,
            "DuplicateOrderId" => FaultKind.DuplicateId,
            "OrderNotFound" or "CancelPending" => FaultKind.OrderUnknown,
            "RateLimitExceeded" or "DDoSProtection" => FaultKind.RateLimited,
            "InvalidNonce" => FaultKind.Clock,
            "OnMaintenance" => FaultKind.Unavailable,
            "NotSupported" => FaultKind.NotSupported,
            _ => null,
        };

    private static ExchangeOutcome OutcomeOf(FaultKind kind) =>
        kind switch
        {
            FaultKind.RateLimited or FaultKind.Clock or FaultKind.Unavailable => ExchangeOutcome.NotExecuted,
            FaultKind.Ambiguous => ExchangeOutcome.Unknown,
            _ => ExchangeOutcome.Refused,
        };

    private static string CodeOf(CcxtFault fault) =>
        fault switch
        {
            { Local: true } => OwnCodes.GetValueOrDefault(fault.Error, FaultCodes.GatewayUnavailable),
            { Code: { } code } => code,
            { Status: >= 300 and var status } => $"HTTP {status}",
            _ => OwnCodes.GetValueOrDefault(fault.Error, fault.Error),
        };
}
