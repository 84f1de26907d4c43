using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>The gateway's answer: a fault, or what the route answers.</summary>
internal sealed record CcxtReply(
    CcxtFault? Fault,
    CcxtOrder? Order,
    IReadOnlyList<CcxtOrder>? Orders,
    IReadOnlyList<CcxtTrade>? Trades,
    IReadOnlyList<CcxtBalance>? Balances,
    IReadOnlyList<CcxtTicker>? Tickers,
    IReadOnlyList<CcxtCandle>? Candles,
    KeyRights? Rights,
    long? Drift,
    long? RoundTrip
);

/// <summary>Facts about a failed call, from which <see cref="CcxtErrors"/> decides.</summary>
/// <param name="Error">The name of CCXT's exception, or the gateway's own reason when <paramref name="Local"/>.</param>
/// <param name="Local">The gateway turned it down itself, and nothing went out.</param>
/// <param name="Code">The exchange's own code, when it gave one.</param>
/// <param name="Status">HTTP status of the answer, when there was one.</param>
/// <param name="Sent">A request that changes something was handed to the socket.</param>
/// <param name="RetryAfter">Milliseconds of silence that the exchange asks for.</param>
/// <param name="OfAccount">The silence concerns this account only.</param>
/// <param name="Message">One line, without keys and signatures.</param>
public sealed record CcxtFault(
    string Error,
    string Message,
    bool Local = false,
    string? Code = null,
    int? Status = null,
    bool Sent = false,
    long? RetryAfter = null,
    bool OfAccount = false
);

internal sealed record CcxtOrder(
    string? Id,
    string? ClientId,
    string? Symbol,
    string? Status,
    string? Side,
    string? Quantity,
    string? FilledQuantity,
    string? Cost,
    long? At,
    IReadOnlyList<CcxtTrade>? Trades
);

internal sealed record CcxtTrade(
    string? Id,
    string? OrderId,
    string? Symbol,
    string? Side,
    string? Price,
    string? Quantity,
    string? Cost,
    string? Fee,
    string? FeeAsset,
    bool? Maker,
    long? At
);

internal sealed record CcxtBalance(string Asset, string? Free, string? Used, string? Total);

internal sealed record CcxtTicker(string Symbol, string? Last, string? Bid, string? Ask, long? At);

internal sealed record CcxtCandle(long At, string? Open, string? High, string? Low, string? Close, string? Volume);

/// <summary>One line of a stream; without a symbol it is a sign of life, or the reason of the end.</summary>
internal sealed record CcxtChange(string? Symbol, string? Ended);
