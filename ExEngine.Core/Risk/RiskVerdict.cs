using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>What the trading states and limits say to an order that is about to be planned.</summary>
/// <param name="Refusal">Null when it may be planned.</param>
/// <param name="Missing">
/// What a limit could not be judged without, then with the refusal that says so: to be fetched outside of the transaction, and tried once
/// more.
/// </param>
/// <param name="Currency">Of the limits.</param>
/// <param name="ReducedScopes">
/// Scopes that the judgement itself made reduce-only: the caller commits its transaction, and tells.
/// </param>
public sealed record RiskVerdict(OrderRefusal? Refusal, MissingRates? Missing, string Currency, IReadOnlyList<Guid> ReducedScopes)
{
    public static RiskVerdict Passed { get; } = new(null, null, RiskSetting.DefaultCurrency, []);

    public static RiskVerdict Refused(OrderRefusal refusal) => Passed with { Refusal = refusal };
}
