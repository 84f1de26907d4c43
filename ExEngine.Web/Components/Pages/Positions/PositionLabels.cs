using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>A position in words.</summary>
public static class PositionLabels
{
    /// <summary>Whose orders make it: the webhook's or bot's name, or "By hand".</summary>
    public static string Owner(PositionRow row) =>
        row.OwnerKind == OwnerKind.Manual ? "By hand" : row.OwnerName ?? $"Deleted {row.OwnerKind.ToString().ToLowerInvariant()}";

    /// <summary>"Stop 58,000.00, 2 targets"; null when nothing protects it.</summary>
    public static string? Protection(ProtectionPlan? plan, Market? market)
    {
        var parts = new List<string>(2);
        if (plan?.StopLoss is { } stop)
        {
            parts.Add(plan.State.Stop is { } at ? $"Stop {AmountText.Price(at, market)}" : Stop(stop, market));
        }

        if (plan?.TakeProfits.Count > 0)
        {
            parts.Add(plan.TakeProfits.Count == 1 ? "1 target" : $"{plan.TakeProfits.Count} targets");
        }

        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>How the stop was stated: "Stop 2 % below the entry".</summary>
    public static string Stop(StopLossPlan stop, Market? market)
    {
        var ways = new List<string>(3);
        if (stop.Price is { } price)
        {
            ways.Add($"at {AmountText.Price(price, market)}");
        }

        if (stop.Percent is { } percent)
        {
            ways.Add($"{AmountText.Of(percent)} % below the entry");
        }

        if (stop.Amount is { } amount)
        {
            ways.Add($"{AmountText.Of(amount)} below the entry");
        }

        if (stop.TrailPercent is { } trail)
        {
            ways.Add($"trailing {AmountText.Of(trail)} % below the best price");
        }

        if (stop.TrailAmount is { } trailAmount)
        {
            ways.Add($"trailing {AmountText.Of(trailAmount)} below the best price");
        }

        return "Stop " + string.Join(", ", ways) + (stop.BreakEven ? "; at the entry after the first target" : "");
    }

    /// <summary>"Target at 66,000.00" or "Target 10 % above the entry", with its share.</summary>
    public static string Target(TakeProfitPlan target, Market? market)
    {
        var where =
            target.Price is { } price ? $"at {AmountText.Price(price, market)}"
            : target.Percent is { } percent ? $"{AmountText.Of(percent)} % above the entry"
            : $"{AmountText.Of(target.Amount ?? 0)} above the entry";
        return $"Target {where}" + (target.Share == 100 ? "" : $", {AmountText.Of(target.Share)} % of it");
    }

    /// <summary>The price of a target, when it can be said: quote per base.</summary>
    public static decimal? PriceOf(TakeProfitPlan target, decimal? average) =>
        target.Price
        ?? (
            average is not { } entry ? null
            : target.Percent is { } percent ? entry * (100 + percent) / 100
            : entry + target.Amount
        );

    /// <summary>The price of the stop as it is in force, or as it would be from the entry alone; quote per base.</summary>
    public static decimal? PriceOf(StopLossPlan stop, ProtectionState state, decimal? average) =>
        state.Stop
        ?? stop.Price
        ?? (
            average is not { } entry ? null
            : (stop.Percent ?? stop.TrailPercent) is { } percent ? entry * (100 - percent) / 100
            : entry - (stop.Amount ?? stop.TrailAmount)
        );

    /// <summary>Quote per base; null when there is no stop, or it cannot be said where it is.</summary>
    public static decimal? StopOf(PositionRow row, ProtectionPlan? plan) =>
        row.IsOpen && plan?.InForce is { StopLoss: { } stop } inForce ? PriceOf(stop, inForce.State, row.AverageEntry) : null;

    /// <summary>In percent of the price: how far it is to the stop, below 0 while that is below the price.</summary>
    public static decimal? DistanceOf(PositionRow row, ProtectionPlan? plan, decimal? last) =>
        last is > 0 and { } price && StopOf(row, plan) is { } stop ? (stop / price * 100) - 100 : null;

    /// <summary>"−1.52 %, −12.40 USDT to the stop"; null when there is none, or no price is known.</summary>
    public static string? ToStop(PositionRow row, ProtectionPlan? plan, decimal? last) =>
        DistanceOf(row, plan, last) is { } percent
            ? $"{AmountText.Percent(percent)}, {AmountText.Profit((StopOf(row, plan)!.Value - last!.Value) * row.Quantity, row.Quote)} {row.Quote} to the stop"
            : null;

    /// <summary>"12.3 %" of a part of one.</summary>
    public static string Share(decimal part) => $"{AmountText.Of(decimal.Round(Math.Min(part * 100, 999), 1), 1)} %";

    public static string Fees(PositionRow row) =>
        string.Join(", ", row.Fees.Where(f => f.Value != 0).Select(f => $"{AmountText.Money(f.Value, f.Key)} {f.Key}"));

    /// <summary>"Sell 0.40211 BTC at market, about 24,126.60 USDT"; null when so little cannot be sold.</summary>
    public static string? Close(PositionRow row, decimal percent, Market market, decimal? last)
    {
        var quantity = PositionMath.Sellable(percent == 100 ? row.Quantity : row.Quantity * percent / 100m, market, last);
        return quantity == 0
            ? null
            : $"Sell {AmountText.Quantity(quantity, market)} {row.Base} at market"
                + (last is { } price ? $", about {AmountText.Money(quantity * price, row.Quote)} {row.Quote}" : "");
    }
}
