using ExEngine.Core.Risk;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Risk;

/// <summary>What limits are held against now, in words.</summary>
public static class RiskLabels
{
    private const int MaxRates = 3;

    /// <summary>
    /// A sentence to put behind a limit's explanation: <c> Now 4,200 of 10,000 USDT.</c> Empty for limits without a figure and while it is
    /// read.
    /// </summary>
    /// <param name="field">Name of the limit in <see cref="RiskLimitInput"/>.</param>
    public static string Now(string field, RiskResult.Done stored, RiskFigures? now)
    {
        if (now is null)
        {
            return "";
        }

        var s = stored.Setting;
        return field switch
        {
            nameof(RiskLimitInput.MaxPositionValue) => Now(now.LargestPosition, s.MaxPositionValue, stored.Currency),
            nameof(RiskLimitInput.MaxOpenOrders) => Now(now.OpenOrders, s.MaxOpenOrders, now.OpenOrders == 1 ? "order" : "orders"),
            nameof(RiskLimitInput.MaxSignalsPerMinute) => Now(now.SignalsLastMinute, s.MaxSignalsPerMinute, "in the last minute"),
            nameof(RiskLimitInput.MaxExposure) => Now(now.Exposure, s.MaxExposure, stored.Currency),
            nameof(RiskLimitInput.MaxDailyLoss) => Now(Loss(now.RealizedToday), s.MaxDailyLoss, stored.Currency),
            nameof(RiskLimitInput.MaxUnrealizedLoss) => Now(Loss(now.Unrealized), s.MaxUnrealizedLoss, stored.Currency),
            nameof(RiskLimitInput.MaxDrawdown) when s.MaxDrawdown is not null => Now(now.Drawdown, s.MaxDrawdown, stored.Currency),
            _ => "",
        };
    }

    /// <summary>How the figures were converted; null when nothing was.</summary>
    public static string? Rates(RiskFigures? now)
    {
        string[] texts = [.. (now?.Rates ?? []).Select(r => SaidText.Of(r.Text)).Distinct()];
        return texts.Length switch
        {
            0 => null,
            > MaxRates => $"{string.Join("; ", texts[..MaxRates])}; and {texts.Length - MaxRates} more.",
            _ => string.Join("; ", texts) + ".",
        };
    }

    private static string Now(decimal? figure, decimal? limit, string unit) =>
        figure is not { } known ? " Unknown now."
        : limit is { } most ? $" Now {Text(known)} of {Text(most)} {unit}."
        : $" Now {Text(known)} {unit}.";

    private static decimal? Loss(decimal? profit) => profit is { } known ? Math.Max(-known, 0) : null;

    private static string Text(decimal value) => AmountText.Exact(decimal.Round(value, Math.Abs(value) >= 1 ? 2 : 8));
}
