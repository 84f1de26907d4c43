using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Risk;

/// <summary>The words of trading states and limits, with their numbers.</summary>
internal static class RiskRefusals
{
    private const int MaxDecimals = 8;
    private const int MaxNamed = 3;

    public static OrderRefusal Halted(RiskSetting s) =>
        State(
            RiskCodes.TradingHalted,
            s.HaltProtection
                ? $"Everything is halted by {Whose(s)}, protection and closes too; nothing is sent until that ends."
                : $"Trading is halted by {Whose(s)}; only protection and what closes positions is sent until it is active again."
        );

    public static OrderRefusal ReduceOnly(RiskSetting s, DateTime now) =>
        State(
            RiskCodes.ReduceOnly,
            s.State == TradingState.Active && s.DrawdownReachedAt is { } reached
                    ? $"{Capital(Whose(s))} reached its drawdown at {Time(reached)}; until somebody resets it only orders that make a position smaller are sent."
                : s.ReduceOnlyUntil is { } until && until > now
                    ? $"{Capital(Whose(s))} reached its daily loss; until {Time(until)} only orders that make a position smaller are sent."
                : $"Trading is reduce-only by {Whose(s)}; only orders that make a position smaller are sent."
        );

    public static OrderRefusal DailyLoss(RiskSetting s, decimal lost, decimal limit, string currency, IReadOnlyList<Rate> rates) =>
        Value(
            RiskCodes.MaxDailyLoss,
            "loss",
            lost,
            limit,
            $"{Text(lost)} {currency} are lost today{Of(rates)}, and {Whose(s)} allows {Text(limit)}; until the day ends only orders that make a position smaller are sent."
        );

    public static OrderRefusal Drawdown(RiskSetting s, decimal fallen, decimal limit, string currency, IReadOnlyList<Rate> rates) =>
        Value(
            RiskCodes.MaxDrawdown,
            "loss",
            fallen,
            limit,
            $"The profit is {Text(fallen)} {currency} below its highest{Of(rates)}, and {Whose(s)} allows {Text(limit)}; until somebody resets it only orders that make a position smaller are sent."
        );

    public static OrderRefusal UnrealizedLoss(RiskSetting s, decimal lost, decimal limit, string currency, IReadOnlyList<Rate> rates) =>
        Value(
            RiskCodes.MaxUnrealizedLoss,
            "loss",
            lost,
            limit,
            $"Open positions are {Text(lost)} {currency} down{Of(rates)}, and {Whose(s)} allows {Text(limit)}; while that lasts only orders that make a position smaller are sent."
        );

    public static OrderRefusal Signals(RiskSetting s, int signals, int limit) =>
        Value(
            RiskCodes.MaxSignalsPerMinute,
            "signals",
            signals,
            limit,
            $"{signals} signals came in the last minute, and {Whose(s)} allows {limit}; send fewer or raise the limit."
        );

    public static OrderRefusal OpenOrders(RiskSetting s, int open, int limit) =>
        Value(
            RiskCodes.MaxOpenOrders,
            "orders",
            open + 1,
            limit,
            $"{open} orders are open, and {Whose(s)} allows {limit}; cancel one or raise the limit."
        );

    public static OrderRefusal OrderValue(RiskSetting s, RiskOrder order, decimal value, decimal limit) =>
        Value(
            RiskCodes.MaxOrderValue,
            "cost",
            value,
            limit,
            $"The order is worth {Text(value)} {order.Currency}{Of([order.Rate])}, and {Whose(s)} allows {Text(limit)}; ask for less or raise the limit."
        );

    public static OrderRefusal PositionValue(RiskSetting s, RiskOrder order, decimal value, decimal limit) =>
        Value(
            RiskCodes.MaxPositionValue,
            "cost",
            value,
            limit,
            $"The position in {order.Symbol} would be worth {Text(value)} {order.Currency}{Of([order.Rate])}, and {Whose(s)} allows {Text(limit)}; ask for less or raise the limit."
        );

    public static OrderRefusal Exposure(RiskSetting s, decimal value, decimal limit, string currency, IReadOnlyList<Rate> rates) =>
        Value(
            RiskCodes.MaxExposure,
            "cost",
            value,
            limit,
            $"Everything held and being bought would be worth {Text(value)} {currency}{Of(rates)}, and {Whose(s)} allows {Text(limit)}; ask for less or raise the limit."
        );

    public static OrderRefusal RateUnknown(MissingRates missing, string currency)
    {
        string[] impossible = [.. missing.Impossible.Select(a => $"{a.Asset} on {a.Exchange}").Distinct()];
        if (impossible.Length > 0)
        {
            return State(
                RiskCodes.RateUnknown,
                $"No market leads from {Names(impossible)} to {currency}, which your limits are in; choose another currency, or take the limit away.",
                "currency",
                currency
            );
        }

        string[] unknown =
        [
            .. missing.Symbols.Select(s => s.Symbol).Distinct(),
            .. missing.Assets.Select(a => $"{a.Asset} in {currency}").Distinct(),
        ];
        return State(
            RiskCodes.RateUnknown,
            $"There is no price now of {Names(unknown)}, and a limit in {currency} needs it; try again when the exchange answers, or take the limit away.",
            "symbol",
            unknown[0]
        );
    }

    private static OrderRefusal State(string code, string message, string field = "state", string? asked = null) =>
        new(code, field, asked, null, [], message);

    private static OrderRefusal Value(string code, string field, decimal asked, decimal limit, string message) =>
        new(code, field, Exact(asked), Exact(limit), [], message);

    private static string Whose(RiskSetting s) =>
        s.Scope switch
        {
            RiskScope.User => "your risk setting",
            RiskScope.Account => "the account's risk setting",
            _ => "the webhook's risk setting",
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    // In brackets behind an amount: how it was converted; nothing when it was not.
    private static string Of(IEnumerable<Rate?> rates)
    {
        string[] texts = [.. rates.OfType<Rate>().Where(r => r.Asset != r.Currency).Select(r => r.Text).Distinct()];
        return texts.Length == 0 ? "" : $" ({Names(texts, "; ")})";
    }

    private static string Names(string[] names, string between = ", ") =>
        names.Length <= MaxNamed
            ? string.Join(between, names)
            : string.Join(between, names[..MaxNamed]) + $"{between}and {names.Length - MaxNamed} more";

    private static string Exact(decimal value) => ExactJson.Text(IncrementMath.Shortest(decimal.Round(value, MaxDecimals)));

    private static string Text(decimal value) => decimal.Round(value, MaxDecimals).ToString("#,0.########", CultureInfo.InvariantCulture);
}
