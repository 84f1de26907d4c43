using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges;

/// <summary>Codes: what went wrong on the way to an exchange, in this product's words. See <see cref="RefusalCode"/>.</summary>
public static class FaultCodes
{
    [Refusal(
        "The exchange, or the way to it, does not do this; nothing was sent.",
        "Use another order type or size, as the reason says.",
        Former = "notSupported"
    )]
    public const string NotSupported = "not_supported";

    [Refusal(
        "The numbers would not have reached the exchange digit for digit; nothing was sent.",
        "Use fewer digits, or another exchange.",
        Former = "notExact"
    )]
    public const string NotExact = "not_exact";

    [Refusal(
        "The order would have reached the exchange without its client id, by which it is found again; nothing was sent.",
        "Use another exchange.",
        Former = "noClientId"
    )]
    public const string NoClientId = "no_client_id";

    [Refusal(
        "The exchange asks for silence, or too many requests wait for it; nothing was sent.",
        "Wait; it is tried again.",
        Former = "silence, rateLimit"
    )]
    public const string ExchangeLimited = "exchange_limited";

    [Refusal("The request could not be signed or arrive in its time; nothing was sent.", "Wait; it is tried again.")]
    public const string Deadline = "deadline";

    [Refusal("One request came twice; the first one counts.", "Wait; the exchange is asked.")]
    public const string Repeated = "repeated";

    [Refusal("A list of the exchange is longer than can be read, so it proves nothing.", "Wait; it is asked again.", Former = "tooLong")]
    public const string ListTooLong = "list_too_long";

    [Refusal("The exchange's answer cannot be read; it is asked again what happened.", "Wait; report it if it lasts.")]
    public const string Unreadable = "unreadable";

    [Refusal("The exchange did not answer in time; it is asked what happened.", "Wait.")]
    public const string Timeout = "timeout";

    [Refusal("The CCXT gateway does not answer.", "See the health page for what is missing.", Former = "GatewayUnavailable")]
    public const string GatewayUnavailable = "gateway_unavailable";

    [Refusal("A call failed inside the engine, so nothing is known of what it did.", "Report it, with the log.")]
    public const string Failed = "failed";

    [Refusal("The exchange does not answer, or does not tell this now.", "Try again.")]
    public const string ExchangeUnavailable = "exchange_unavailable";

    [Refusal(
        "As a post-only order it would have taken at once; the exchange did not place it.",
        "Move the price away from the market, or leave post-only out.",
        Field = "price"
    )]
    public const string WouldTake = "would_take";

    [Refusal("On paper: the stop price would trigger at once.", "Move the stop away from the last price.")]
    public const string StopWouldTrigger = "stop_would_trigger";

    [Refusal("On paper: an open order has this client id.", "Nothing; that order is looked up.")]
    public const string DuplicateId = "duplicate_id";

    [Refusal("On paper: there is no such open order.", "Nothing; the order is looked up.")]
    public const string OrderUnknown = "order_unknown";

    [Refusal("The paper account is closed.", "Use another account.")]
    public const string AccountClosed = "account_closed";

    [Refusal("Something uses the account, or holds positions there.", "Point it at another account, or close the positions first.")]
    public const string AccountInUse = "account_in_use";

    [Refusal("On paper: price times quantity has more than 28 digits.", "Use fewer digits.")]
    public const string TooManyDigits = "too_many_digits";

    [Refusal("On paper: the database did not answer, so what the paper exchange did is not known.", "Wait; the order is looked up.")]
    public const string Database = "database";

    [Refusal("On paper: the client id is empty or too long.", "Nothing; the engine makes client ids.")]
    public const string ClientId = "client_id";

    [Refusal("On paper: an order lacks a price, a stop price or a quantity.", "State it.")]
    public const string Incomplete = "incomplete";
}
