using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>The decision table, a row each. A request counts as sent unless the row says otherwise.</summary>
public sealed class CcxtErrorsTests
{
    private const ExchangeOutcome Refused = ExchangeOutcome.Refused;
    private const ExchangeOutcome NotExecuted = ExchangeOutcome.NotExecuted;
    private const ExchangeOutcome Unknown = ExchangeOutcome.Unknown;

    [Theory]
    [InlineData("-1000", "An unknown error occurred while processing the request.", 400, Unknown, FaultKind.Ambiguous)]
    [InlineData("-1001", "Internal error; unable to process your request. Please try again.", 400, Unknown, FaultKind.Ambiguous)]
    [InlineData("-1002", "You are not authorized to execute this request.", 401, Refused, FaultKind.Credentials)]
    [InlineData(
        "-1003",
        "Too much request weight used; current limit is 6000 request weight per 1 MINUTE.",
        429,
        NotExecuted,
        FaultKind.RateLimited
    )]
    [InlineData("-1003", "Way too much request weight used; IP banned until 1659146400000.", 418, NotExecuted, FaultKind.RateLimited)]
    [InlineData(
        "-1006",
        "An unexpected response was received from the message bus. Execution status unknown.",
        400,
        Unknown,
        FaultKind.Ambiguous
    )]
    [InlineData(
        "-1007",
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
        400,
        Unknown,
        FaultKind.Ambiguous
    )]
    [InlineData("-1007", "Timeout waiting for response from backend server.", 408, Unknown, FaultKind.Ambiguous)]
    [InlineData(
        "-1008",
        "Server is currently overloaded with other requests. Please try again in a few minutes.",
        503,
        NotExecuted,
        FaultKind.Unavailable
    )]
    [InlineData("-1013", "Filter failure: LOT_SIZE", 400, Refused, FaultKind.Rule)]
    [InlineData("-1013", "Filter failure: NOTIONAL", 400, Refused, FaultKind.Rule)]
    [InlineData("-1014", "Unsupported order combination.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1015", "Too many new orders; current limit is 100 orders per 10 SECOND.", 429, NotExecuted, FaultKind.RateLimited)]
    [InlineData("-1016", "This service is no longer available.", 400, NotExecuted, FaultKind.Unavailable)]
    [InlineData("-1020", "This operation is not supported.", 400, Refused, FaultKind.NotSupported)]
    [InlineData("-1021", "Timestamp for this request is outside of the recvWindow.", 400, NotExecuted, FaultKind.Clock)]
    [InlineData("-1022", "Signature for this request is not valid.", 400, Refused, FaultKind.Credentials)]
    [InlineData("-1100", "Illegal characters found in parameter 'quantity'.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1102", "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1106", "Parameter 'timeInForce' sent when not required.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1111", "Parameter 'quantity' has too much precision.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1121", "Invalid symbol.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1130", "Invalid data sent for a parameter.", 400, Refused, FaultKind.Rule)]
    [InlineData("-1131", "recvWindow must be less than 60000.", 400, Refused, FaultKind.Rule)]
    [InlineData("-2010", "Account has insufficient balance for requested action.", 400, Refused, FaultKind.Funds)]
    [InlineData("-2010", "Duplicate order sent.", 400, Refused, FaultKind.DuplicateId)]
    [InlineData("-2010", "Market is closed.", 400, Refused, FaultKind.Rule)]
    [InlineData("-2010", "Order would trigger immediately.", 400, Refused, FaultKind.Rule)]
    [InlineData("-2010", "This account may not place or cancel orders.", 400, Refused, FaultKind.Credentials)]
    [InlineData("-2010", "This action is disabled on this account.", 400, Refused, FaultKind.Credentials)]
    [InlineData("-2011", "Unknown order sent.", 400, Refused, FaultKind.OrderUnknown)]
    [InlineData("-2013", "Order does not exist.", 400, Refused, FaultKind.OrderUnknown)]
    [InlineData("-2014", "API-key format invalid.", 401, Refused, FaultKind.Credentials)]
    [InlineData("-2015", "Invalid API-key, IP, or permissions for action.", 401, Refused, FaultKind.Credentials)]
    [InlineData(
        "-2026",
        "Order was canceled or expired with no executed qty over 90 days ago and has been archived.",
        400,
        Refused,
        FaultKind.OrderUnknown
    )]
    [InlineData("-9999", "Something that nobody has seen yet.", 400, Unknown, FaultKind.Ambiguous)]
    public void Binance(string code, string message, int status, ExchangeOutcome outcome, FaultKind kind) =>
        Decided("binance", new("ExchangeError", message, Code: code, Status: status, Sent: true)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData("binanceus", "-2013", Refused, FaultKind.OrderUnknown)]
    [InlineData("binanceusdm", "-2013", Refused, FaultKind.OrderUnknown)]
    [InlineData("binanceusdm", "-2026", Refused, FaultKind.Rule)]
    [InlineData("binanceusdm", "-4116", Refused, FaultKind.DuplicateId)]
    [InlineData("binanceusdm", "-5028", NotExecuted, FaultKind.Clock)]
    [InlineData("bybiteu", "170141", Refused, FaultKind.DuplicateId)]
    [InlineData("bybit", "10001", Refused, FaultKind.Rule)]
    [InlineData("bybit", "10002", NotExecuted, FaultKind.Clock)]
    [InlineData("bybit", "10003", Refused, FaultKind.Credentials)]
    [InlineData("bybit", "10006", NotExecuted, FaultKind.RateLimited)]
    [InlineData("bybit", "10016", Unknown, FaultKind.Ambiguous)]
    [InlineData("bybit", "110072", Refused, FaultKind.DuplicateId)]
    [InlineData("bybit", "170007", Unknown, FaultKind.Ambiguous)]
    [InlineData("bybit", "170131", Refused, FaultKind.Funds)]
    [InlineData("bybit", "170137", Refused, FaultKind.Rule)]
    [InlineData("bybit", "170141", Refused, FaultKind.DuplicateId)]
    [InlineData("bybit", "170146", Unknown, FaultKind.Ambiguous)]
    [InlineData("bybit", "170213", Refused, FaultKind.OrderUnknown)]
    [InlineData("okx", "50001", NotExecuted, FaultKind.Unavailable)]
    [InlineData("okx", "50004", Unknown, FaultKind.Ambiguous)]
    [InlineData("okx", "50011", NotExecuted, FaultKind.RateLimited)]
    [InlineData("okx", "50102", NotExecuted, FaultKind.Clock)]
    [InlineData("okx", "50105", Refused, FaultKind.Credentials)]
    [InlineData("okx", "51008", Refused, FaultKind.Funds)]
    [InlineData("okx", "51016", Refused, FaultKind.DuplicateId)]
    [InlineData("okx", "51020", Refused, FaultKind.Rule)]
    [InlineData("okx", "51400", Refused, FaultKind.OrderUnknown)]
    [InlineData("okx", "51603", Refused, FaultKind.OrderUnknown)]
    [InlineData("kucoin", "200004", Refused, FaultKind.Funds)]
    [InlineData("kucoin", "400002", NotExecuted, FaultKind.Clock)]
    [InlineData("kucoin", "400005", Refused, FaultKind.Credentials)]
    [InlineData("kucoin", "429000", NotExecuted, FaultKind.RateLimited)]
    [InlineData("kucoin", "500000", Unknown, FaultKind.Ambiguous)]
    [InlineData("kucoin", "600100", Refused, FaultKind.Rule)]
    [InlineData("kraken", "EAPI:Invalid nonce", NotExecuted, FaultKind.Clock)]
    [InlineData("kraken", "EAPI:Invalid key", Refused, FaultKind.Credentials)]
    [InlineData("kraken", "EAPI:Rate limit exceeded", NotExecuted, FaultKind.RateLimited)]
    [InlineData("kraken", "EGeneral:Invalid arguments:volume", Refused, FaultKind.Rule)]
    [InlineData("kraken", "EOrder:Insufficient funds", Refused, FaultKind.Funds)]
    [InlineData("kraken", "EOrder:Unknown order", Refused, FaultKind.OrderUnknown)]
    [InlineData("kraken", "EService:Market in cancel_only mode", NotExecuted, FaultKind.Unavailable)]
    [InlineData("kraken", "EService:Timeout", Unknown, FaultKind.Ambiguous)]
    [InlineData("kraken", "EService:Unavailable", Unknown, FaultKind.Ambiguous)]
    public void OtherExchanges(string exchange, string code, ExchangeOutcome outcome, FaultKind kind) =>
        Decided(exchange, new("ExchangeError", "", Code: code, Status: 200, Sent: true)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData("order_not_exist_or_not_allow_to_cancel", FaultKind.OrderUnknown)]
    [InlineData("account.available.amount", FaultKind.Funds)]
    [InlineData("Order size below the minimum requirement.", FaultKind.Rule)]
    public void KucoinSaysThreeThingsWithOneCode(string message, FaultKind kind) =>
        Decided("kucoin", new("BadRequest", message, Code: "400100", Status: 200, Sent: true)).ShouldBe((Refused, kind));

    [Theory]
    [InlineData("InvalidOrder", 400, Refused, FaultKind.Rule)]
    [InlineData("InsufficientFunds", 200, Refused, FaultKind.Funds)]
    [InlineData("PermissionDenied", 400, Refused, FaultKind.Credentials)]
    [InlineData("DuplicateOrderId", 400, Refused, FaultKind.DuplicateId)]
    [InlineData("OrderNotFound", 400, Refused, FaultKind.OrderUnknown)]
    [InlineData("RateLimitExceeded", 400, NotExecuted, FaultKind.RateLimited)]
    [InlineData("InvalidNonce", 400, NotExecuted, FaultKind.Clock)]
    [InlineData("ExchangeError", 400, Unknown, FaultKind.Ambiguous)]
    [InlineData("ExchangeNotAvailable", 400, Unknown, FaultKind.Ambiguous)]
    [InlineData("NetworkError", 400, Unknown, FaultKind.Ambiguous)]
    [InlineData("InvalidOrder", 500, Unknown, FaultKind.Ambiguous)]
    public void CodeThatOnlyCcxtKnows(string error, int status, ExchangeOutcome outcome, FaultKind kind) =>
        Decided("bitstamp", new(error, "", Code: "API0123", Status: status, Sent: true)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData(200, Unknown, FaultKind.Ambiguous)]
    [InlineData(302, Unknown, FaultKind.Ambiguous)]
    [InlineData(400, Unknown, FaultKind.Ambiguous)]
    [InlineData(401, Refused, FaultKind.Credentials)]
    [InlineData(403, NotExecuted, FaultKind.Unavailable)]
    [InlineData(404, Refused, FaultKind.NotSupported)]
    [InlineData(408, Unknown, FaultKind.Ambiguous)]
    [InlineData(418, NotExecuted, FaultKind.RateLimited)]
    [InlineData(429, NotExecuted, FaultKind.RateLimited)]
    [InlineData(500, Unknown, FaultKind.Ambiguous)]
    [InlineData(502, Unknown, FaultKind.Ambiguous)]
    [InlineData(503, Unknown, FaultKind.Ambiguous)]
    [InlineData(504, Unknown, FaultKind.Ambiguous)]
    [InlineData(520, Unknown, FaultKind.Ambiguous)]
    public void StatusWithoutACode(int status, ExchangeOutcome outcome, FaultKind kind) =>
        Decided("binance", new("ExchangeNotAvailable", "<html>", Status: status, Sent: true)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData("RequestTimeout", true, Unknown, FaultKind.Ambiguous)]
    [InlineData("NetworkError", true, Unknown, FaultKind.Ambiguous)]
    [InlineData("BadResponse", true, Unknown, FaultKind.Ambiguous)]
    [InlineData("InvalidOrder", true, Unknown, FaultKind.Ambiguous)]
    [InlineData("RequestTimeout", false, NotExecuted, FaultKind.Unavailable)]
    [InlineData("NetworkError", false, NotExecuted, FaultKind.Unavailable)]
    [InlineData("ExchangeNotAvailable", false, NotExecuted, FaultKind.Unavailable)]
    [InlineData("InvalidOrder", false, Refused, FaultKind.Rule)]
    [InlineData("BadSymbol", false, Refused, FaultKind.Rule)]
    [InlineData("InsufficientFunds", false, Refused, FaultKind.Funds)]
    [InlineData("AuthenticationError", false, Refused, FaultKind.Credentials)]
    [InlineData("NotSupported", false, Refused, FaultKind.NotSupported)]
    [InlineData("TypeError", false, NotExecuted, FaultKind.Unavailable)]
    [InlineData("TypeError", true, Unknown, FaultKind.Ambiguous)]
    public void NoAnswer_DependsOnWhetherItWasSent(string error, bool sent, ExchangeOutcome outcome, FaultKind kind) =>
        Decided("binance", new(error, "", Sent: sent)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData("deadline", NotExecuted, FaultKind.Unavailable)]
    [InlineData("silence", NotExecuted, FaultKind.RateLimited)]
    [InlineData("rateLimit", NotExecuted, FaultKind.RateLimited)]
    [InlineData("notExact", Refused, FaultKind.NotSupported)]
    [InlineData("noClientId", Refused, FaultKind.NotSupported)]
    [InlineData("notSupported", Refused, FaultKind.NotSupported)]
    [InlineData("GatewayUnavailable", NotExecuted, FaultKind.Unavailable)]
    [InlineData("repeated", Unknown, FaultKind.Ambiguous)]
    public void GatewaysOwnReason(string reason, ExchangeOutcome outcome, FaultKind kind) =>
        Decided("binance", new(reason, "", Local: true)).ShouldBe((outcome, kind));

    [Theory]
    [InlineData("-2010", 400, "ExchangeError", "-2010")]
    [InlineData(null, 502, "ExchangeNotAvailable", "HTTP 502")]
    [InlineData(null, null, "RequestTimeout", "timeout")]
    [InlineData(null, 200, "BadResponse", "BadResponse")]
    public void Fault_SaysWhatPeopleCanLookUp(string? code, int? status, string error, string said) =>
        CcxtErrors.Classify("binance", new(error, "why", Code: code, Status: status, Sent: true)).Fault.Code.ShouldBe(said);

    [Fact]
    public void RetryAfter_IsHandedOn() =>
        CcxtErrors
            .Classify("binance", new("DDoSProtection", "", Status: 429, RetryAfter: 2_500))
            .Fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2.5));

    private static (ExchangeOutcome, FaultKind) Decided(string exchange, CcxtFault fault)
    {
        var (outcome, stated) = CcxtErrors.Classify(exchange, fault);
        return (outcome, stated.Kind);
    }
}
