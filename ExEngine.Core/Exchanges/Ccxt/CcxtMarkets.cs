namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>The gateway's answer to <c>POST /markets</c>: CCXT's own words and numbers.</summary>
/// <param name="Missing">Kinds of market for which the exchange did not answer, in the words of CCXT's options for it: <c>linear</c>,
/// <c>swap</c>, …</param>
internal sealed record CcxtMarkets(string Exchange, int PrecisionMode, IReadOnlyList<string>? Missing, IReadOnlyList<CcxtMarket> Items);

internal sealed record CcxtMarket(
    string? Id,
    string? Symbol,
    string? Base,
    string? Quote,
    string? Type,
    bool Active,
    bool? Linear,
    string? ContractSize,
    string? Taker,
    string? Maker,
    CcxtPrecision? Precision,
    CcxtLimits? Limits,
    CcxtCostAtMarket? CostAtMarket = null
);

/// <summary>Whether limits of cost hold for market orders; null where the exchange does not say.</summary>
internal sealed record CcxtCostAtMarket(bool? Min, bool? Max);

internal sealed record CcxtPrecision(string? Price, string? Amount, string? Cost = null);

internal sealed record CcxtLimits(CcxtRange? Price, CcxtRange? Amount, CcxtRange? Cost, CcxtRange? Market);

internal sealed record CcxtRange(string? Min, string? Max);
