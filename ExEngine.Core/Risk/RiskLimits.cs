using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Risk;

/// <summary>
/// Whether trading states and limits let an order pass: pure; the caller reads, and holds, what it is given. The strictest state
/// of user, account and webhook counts, and every limit of each. An order that makes a position smaller passes every limit and every
/// state, so that nothing ever keeps a trader in a position; only <see cref="RiskSetting.HaltProtection"/>, which must be asked for, does.
/// </summary>
public static class RiskLimits
{
    /// <summary>The strictest state; reduce-only at least while a daily loss counts.</summary>
    public static TradingState StateOf(IEnumerable<RiskSetting> settings, DateTime now) =>
        settings.Select(s => StateOf(s, now)).DefaultIfEmpty(TradingState.Active).Max();

    /// <summary>Which figures the limits that are set need; hot paths read no other.</summary>
    public static RiskNeed Needs(RiskOrder order, IEnumerable<RiskSetting> settings) =>
        order.IsReducing
            ? RiskNeed.None
            : settings.Aggregate(
                RiskNeed.None,
                (need, s) =>
                    need
                    | (s.MaxOrderValue is not null || s.MaxPositionValue is not null ? RiskNeed.Price : 0)
                    | (s.MaxPositionValue is not null ? RiskNeed.PositionValue : 0)
                    | (s.MaxOpenOrders is not null ? RiskNeed.OpenOrders : 0)
                    | (s.MaxDailyLoss is not null ? RiskNeed.RealizedToday : 0)
                    | (s.MaxSignalsPerMinute is not null ? RiskNeed.Signals : 0)
            );

    /// <summary>
    /// The first broken rule, in this order: halted, reduce-only, daily loss, signals, open orders, order value, position value.
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
        settings.Where(s => s.State == TradingState.Halted && (!isReducing || s.HaltProtection)).Select(Halted).FirstOrDefault()
        ?? (
            isReducing
                ? null
                : settings.Where(s => StateOf(s, now) == TradingState.ReduceOnly).Select(s => ReduceOnly(s, now)).FirstOrDefault()
        );

    /// <summary>
    /// UTC: until when this setting is reduce-only after what was realised today; null when the limit is not reached. Ends at the next
    /// midnight.
    /// </summary>
    /// <param name="realizedToday">In quote, since midnight UTC, of the setting's scope.</param>
    public static DateTime? ReduceOnlyUntil(RiskSetting setting, decimal realizedToday, DateTime now) =>
        setting.MaxDailyLoss is { } limit && -realizedToday >= limit ? now.Date.AddDays(1) : null;

    private static TradingState StateOf(RiskSetting setting, DateTime now) =>
        setting.ReduceOnlyUntil > now && setting.State == TradingState.Active ? TradingState.ReduceOnly : setting.State;

    private static OrderRefusal? CheckLimits(RiskOrder order, RiskSetting s, RiskContext facts)
    {
        if (s.MaxDailyLoss is { } loss && -facts.RealizedToday >= loss)
        {
            return DailyLoss(s, -facts.RealizedToday, loss, order.Quote);
        }

        if (s.MaxSignalsPerMinute is { } signals && facts.SignalsLastMinute > signals)
        {
            return Refusal(
                RiskCodes.MaxSignalsPerMinute,
                "signals",
                facts.SignalsLastMinute,
                signals,
                $"{facts.SignalsLastMinute} signals came in the last minute, and {Whose(s)} allows {signals}; send fewer or raise the limit."
            );
        }

        if (s.MaxOpenOrders is { } open && facts.OpenOrders >= open)
        {
            return Refusal(
                RiskCodes.MaxOpenOrders,
                "orders",
                facts.OpenOrders + 1,
                open,
                $"{facts.OpenOrders} orders are open, and {Whose(s)} allows {open}; cancel one or raise the limit."
            );
        }

        if (s.MaxOrderValue is { } value && order.Value > value)
        {
            return Refusal(
                RiskCodes.MaxOrderValue,
                "cost",
                order.Value.Value,
                value,
                $"The order is worth {Text(order.Value.Value)} {order.Quote}, and {Whose(s)} allows {Text(value)}; ask for less or raise the limit."
            );
        }

        return s.MaxPositionValue is { } most && order is { IsBuying: true, Value: { } more } && facts.PositionValue + more > most
            ? Refusal(
                RiskCodes.MaxPositionValue,
                "cost",
                facts.PositionValue + more,
                most,
                $"The position in {order.Symbol} would be worth {Text(facts.PositionValue + more)} {order.Quote}, and {Whose(s)} allows {Text(most)}; ask for less or raise the limit."
            )
            : null;
    }

    private static OrderRefusal Halted(RiskSetting s) =>
        new(
            RiskCodes.TradingHalted,
            "state",
            null,
            null,
            [],
            s.HaltProtection
                ? $"Everything is halted by {Whose(s)}, protection and closes too; nothing is sent until that ends."
                : $"Trading is halted by {Whose(s)}; only protection and what closes positions is sent until it is active again."
        );

    private static OrderRefusal ReduceOnly(RiskSetting s, DateTime now) =>
        new(
            RiskCodes.ReduceOnly,
            "state",
            null,
            null,
            [],
            s.ReduceOnlyUntil is { } until && until > now
                ? $"{Capital(Whose(s))} reached its daily loss; until {until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC only orders that make a position smaller are sent."
                : $"Trading is reduce-only by {Whose(s)}; only orders that make a position smaller are sent."
        );

    private static OrderRefusal DailyLoss(RiskSetting s, decimal lost, decimal limit, string quote) =>
        Refusal(
            RiskCodes.MaxDailyLoss,
            "loss",
            lost,
            limit,
            $"{Text(lost)} {quote} are lost today, and {Whose(s)} allows {Text(limit)}; until midnight UTC only orders that make a position smaller are sent."
        );

    private static OrderRefusal Refusal(string code, string field, decimal asked, decimal limit, string message) =>
        new(code, field, Text(asked), Text(limit), [], message);

    private static string Whose(RiskSetting s) =>
        s.Scope switch
        {
            RiskScope.User => "your risk setting",
            RiskScope.Account => "the account's risk setting",
            _ => "the webhook's risk setting",
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Text(decimal value) => ExactJson.Text(value);
}
