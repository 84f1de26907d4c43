using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>How the paper exchange says no. Codes are this product's words; an exchange would have numbers.</summary>
internal static class PaperFaults
{
    public static ExchangeFault Rule(string code, string message) => new(FaultKind.Rule, code, message);

    public static ExchangeFault Funds(decimal free, decimal needed, string asset) =>
        new(
            FaultKind.Funds,
            RefusalCodes.InsufficientFunds,
            $"The order needs {ExactJson.Text(needed)} {asset}; {ExactJson.Text(free)} {asset} are free."
        );

    public static ExchangeFault StopPassed(decimal stop, decimal last) =>
        Rule(
            FaultCodes.StopWouldTrigger,
            $"The stop price {ExactJson.Text(stop)} would trigger at once: the last price is {ExactJson.Text(last)}."
        );

    public static ExchangeFault WouldTake(decimal price, PaperQuote quote) =>
        new(
            FaultKind.WouldTake,
            FaultCodes.WouldTake,
            $"Post-only, and at {ExactJson.Text(price)} it would have taken at once: bid {ExactJson.Text(quote.Bid)}, ask {ExactJson.Text(quote.Ask)}."
        );

    public static ExchangeFault Duplicate(string clientId) =>
        new(FaultKind.DuplicateId, FaultCodes.DuplicateId, $"An open order has the client id {clientId}.");

    public static ExchangeFault OrderUnknown(OrderName order) =>
        new(FaultKind.OrderUnknown, FaultCodes.OrderUnknown, $"There is no open order {order.ExchangeOrderId ?? order.ClientId}.");

    public static ExchangeFault DeadlineOver(DateTime deadline) =>
        new(FaultKind.Unavailable, FaultCodes.Deadline, $"The request was to arrive by {deadline:HH:mm:ss.fff} UTC; it was not executed.");

    public static ExchangeFault NoRules(string exchange) =>
        Unavailable($"The rules of {exchange} are not here yet; try again in a minute.");

    public static ExchangeFault NoPrice(string symbol) => Unavailable($"There is no price of {symbol} now.");

    public static ExchangeFault Unavailable(string message) => new(FaultKind.Unavailable, FaultCodes.ExchangeUnavailable, message);

    public static ExchangeFault Closed { get; } = new(FaultKind.Credentials, FaultCodes.AccountClosed, "The paper account is closed.");

    public static ExchangeFault Held { get; } = Rule(FaultCodes.AccountInUse, "The account holds positions. Close them first.");
}
