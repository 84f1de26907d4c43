using ExEngine.Core.Markets;
using ExEngine.Core.Risk;

namespace ExEngine.Web.Api;

/// <summary>Trading state and limits of one scope, and what they are held against now. A figure that is unknown now is left out.</summary>
/// <param name="State">What was set.</param>
/// <param name="EffectiveState">What holds now: reaching the daily loss or the drawdown makes it reduce-only at least.</param>
/// <param name="HaltProtection">While halted, protection and closes stop too: what is held is then unprotected.</param>
/// <param name="Currency">What values and losses are in.</param>
/// <param name="ReduceOnlyUntil">The end of what the daily loss began; it lies ahead or is past.</param>
/// <param name="DrawdownReachedAt">Since when the drawdown makes it reduce-only; left out while it does not.</param>
/// <param name="Exposure">Value of everything that is held, and of what is being bought.</param>
/// <param name="Unrealized">Profit of all open positions; negative is a loss.</param>
/// <param name="Drawdown">How far the profit is below its highest since the limit was set; left out without one.</param>
/// <param name="RealizedToday">Profit since the user's day began; negative is a loss.</param>
/// <param name="Scopes">Accounts and webhooks with a state or limits of their own; with the user's only.</param>
/// <param name="Rates">What was converted, and how; left out in answers to a change.</param>
public sealed record RiskView(
    TradingState State,
    TradingState EffectiveState,
    bool HaltProtection,
    string Currency,
    RiskLimitInput Limits,
    DateTime? ReduceOnlyUntil,
    DateTime? DrawdownReachedAt,
    decimal? Exposure = null,
    decimal? Unrealized = null,
    decimal? Drawdown = null,
    decimal? RealizedToday = null,
    IReadOnlyList<RateView>? Rates = null,
    IReadOnlyList<RiskScopeView>? Scopes = null
)
{
    public static RiskView Of(RiskResult.Done done, RiskFigures? now = null) =>
        new(
            done.Setting.State,
            done.State,
            done.Setting.HaltProtection,
            done.Currency,
            RiskLimitInput.Of(done.Setting),
            done.Setting.ReduceOnlyUntil,
            done.Setting.DrawdownReachedAt,
            RateView.Shown(now?.Exposure),
            RateView.Shown(now?.Unrealized),
            RateView.Shown(now?.Drawdown),
            RateView.Shown(now?.RealizedToday),
            now is null ? null : [.. now.Rates.Select(RateView.Of)]
        );
}

/// <param name="Scope">account or webhook.</param>
public sealed record RiskScopeView(
    RiskScope Scope,
    Guid Id,
    TradingState State,
    bool HaltProtection,
    RiskLimitInput Limits,
    DateTime? ReduceOnlyUntil,
    DateTime? DrawdownReachedAt
)
{
    public static RiskScopeView Of(RiskSetting s) =>
        new(s.Scope, s.ScopeId, s.State, s.HaltProtection, RiskLimitInput.Of(s), s.ReduceOnlyUntil, s.DrawdownReachedAt);
}

/// <summary>How amounts of an asset were converted.</summary>
/// <param name="Exchange">Whose prices they are.</param>
/// <param name="Rate">Currency per asset.</param>
/// <param name="AgeSeconds">How long ago the oldest of its prices was heard.</param>
/// <param name="Assumed">No market leads there, and both are dollars: one counts as one.</param>
public sealed record RateView(string Exchange, string Asset, decimal Rate, long AgeSeconds, bool Assumed)
{
    private const int MaxDecimals = 8;
    private const int MaxRateDecimals = 18;

    public static RateView Of(Rate rate) =>
        new(
            rate.Exchange,
            rate.Asset,
            IncrementMath.Shortest(decimal.Round(rate.Value, MaxRateDecimals)),
            (long)rate.Age.TotalSeconds,
            rate.IsAssumed
        );

    /// <summary>A computed amount with as many decimals as messages have.</summary>
    public static decimal? Shown(decimal? amount) => amount is { } known ? IncrementMath.Shortest(decimal.Round(known, MaxDecimals)) : null;
}
