using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>
/// Whether trading states and limits let an order pass: pure; the caller reads, and holds, what it is given. The strictest state
/// of user, account and webhook counts, and every limit of each. An order that makes a position smaller passes every limit and every
/// state, so that nothing ever keeps a trader in a position; only <see cref="RiskSetting.HaltProtection"/>, which must be asked for, does.
/// </summary>
public static class RiskLimits
{
    /// <summary>The strictest state; reduce-only at least while a daily loss or a drawdown counts.</summary>
    public static TradingState StateOf(IEnumerable<RiskSetting> settings, DateTime now) =>
        settings.Select(s => StateOf(s, now)).DefaultIfEmpty(TradingState.Active).Max();

    /// <summary>Which figures the limits that are set need; hot paths read no other.</summary>
    public static RiskNeed Needs(RiskOrder order, IEnumerable<RiskSetting> settings) =>
        order.IsReducing ? RiskNeed.None : settings.Aggregate(RiskNeed.None, (need, s) => need | Of(s));

    /// <summary>
    /// The first broken rule, in this order: halted, reduce-only, daily loss, drawdown, unrealised loss, signals, open orders, order value,
    /// position value, exposure.
    /// </summary>
    /// <param name="factsOf">The figures of a setting's scope, as far as <see cref="Needs"/> asks for them.</param>
    public static OrderRefusal? Check(
        RiskOrder order,
        IReadOnlyCollection<RiskSetting> settings,
        Func<RiskSetting, RiskContext> factsOf,
        DateTime now
    ) =>
        CheckState(order.IsReducing, settings, now)
        ?? (order.IsReducing ? null : settings.Select(s => CheckLimits(order, s, factsOf(s))).FirstOrDefault(r => r is not null));

    /// <summary>The states alone: halted, then reduce-only; no limit.</summary>
    public static OrderRefusal? CheckState(bool isReducing, IReadOnlyCollection<RiskSetting> settings, DateTime now) =>
        settings
            .Where(s => s.State == TradingState.Halted && (!isReducing || s.HaltProtection))
            .Select(RiskRefusals.Halted)
            .FirstOrDefault()
        ?? (
            isReducing
                ? null
                : settings
                    .Where(s => StateOf(s, now) == TradingState.ReduceOnly)
                    .Select(s => RiskRefusals.ReduceOnly(s, now))
                    .FirstOrDefault()
        );

    /// <summary>
    /// UTC: until when this setting is reduce-only after what was realised today; null when the limit is not reached.
    /// </summary>
    /// <param name="realizedToday">In the currency, since the user's day began, of the setting's scope.</param>
    /// <param name="dayEnds">UTC.</param>
    public static DateTime? ReduceOnlyUntil(RiskSetting setting, decimal realizedToday, DateTime dayEnds) =>
        setting.MaxDailyLoss is { } limit && -realizedToday >= limit ? dayEnds : null;

    /// <summary>Whether the profit has fallen from its highest by as much as is allowed; not while none was seen.</summary>
    /// <param name="profit">In the currency: realised and unrealised, of the setting's scope.</param>
    public static bool IsDrawdownReached(RiskSetting setting, decimal profit) =>
        setting.MaxDrawdown is { } limit && Drawdown(setting, profit) >= limit;

    /// <summary>In the currency, zero or above: how far the profit is below its highest; zero while none was seen.</summary>
    public static decimal Drawdown(RiskSetting setting, decimal profit) => setting.ProfitPeak is { } peak ? Math.Max(peak - profit, 0) : 0;

    private static RiskNeed Of(RiskSetting s) =>
        (s.MaxOrderValue is not null || s.MaxPositionValue is not null || s.MaxExposure is not null ? RiskNeed.Price : 0)
        | (s.MaxPositionValue is not null ? RiskNeed.PositionValue : 0)
        | (s.MaxExposure is not null ? RiskNeed.Exposure : 0)
        | (s.MaxOpenOrders is not null ? RiskNeed.OpenOrders : 0)
        | (s.MaxDailyLoss is not null ? RiskNeed.RealizedToday : 0)
        | (s.MaxUnrealizedLoss is not null ? RiskNeed.Unrealized : 0)
        | (s.MaxDrawdown is not null ? RiskNeed.TotalProfit : 0)
        | (s.MaxSignalsPerMinute is not null ? RiskNeed.Signals : 0);

    private static TradingState StateOf(RiskSetting setting, DateTime now) =>
        setting.State == TradingState.Active && (setting.ReduceOnlyUntil > now || setting.DrawdownReachedAt is not null)
            ? TradingState.ReduceOnly
            : setting.State;

    private static OrderRefusal? CheckLimits(RiskOrder order, RiskSetting s, RiskContext facts) =>
        CheckLosses(order, s, facts) ?? CheckCounts(s, facts) ?? CheckValues(order, s, facts);

    private static OrderRefusal? CheckLosses(RiskOrder order, RiskSetting s, RiskContext facts) =>
        s.MaxDailyLoss is { } daily && -facts.RealizedToday >= daily
            ? RiskRefusals.DailyLoss(s, -facts.RealizedToday, daily, order.Currency, facts.Rates)
        : IsDrawdownReached(s, facts.TotalProfit)
            ? RiskRefusals.Drawdown(s, Drawdown(s, facts.TotalProfit), s.MaxDrawdown!.Value, order.Currency, facts.Rates)
        : s.MaxUnrealizedLoss is { } open && -facts.Unrealized >= open
            ? RiskRefusals.UnrealizedLoss(s, -facts.Unrealized, open, order.Currency, facts.Rates)
        : null;

    private static OrderRefusal? CheckCounts(RiskSetting s, RiskContext facts) =>
        s.MaxSignalsPerMinute is { } signals && facts.SignalsLastMinute > signals
            ? RiskRefusals.Signals(s, facts.SignalsLastMinute, signals)
        : s.MaxOpenOrders is { } open && facts.OpenOrders >= open ? RiskRefusals.OpenOrders(s, facts.OpenOrders, open)
        : null;

    private static OrderRefusal? CheckValues(RiskOrder order, RiskSetting s, RiskContext facts)
    {
        if (order.Value is not { } value)
        {
            return null;
        }

        if (s.MaxOrderValue is { } most && value > most)
        {
            return RiskRefusals.OrderValue(s, order, value, most);
        }

        if (!order.IsBuying)
        {
            return null;
        }

        return s.MaxPositionValue is { } ofSymbol && facts.PositionValue + value > ofSymbol
                ? RiskRefusals.PositionValue(s, order, facts.PositionValue + value, ofSymbol)
            : s.MaxExposure is { } ofAll && facts.Exposure + value > ofAll
                ? RiskRefusals.Exposure(s, facts.Exposure + value, ofAll, order.Currency, facts.Rates)
            : null;
    }
}
