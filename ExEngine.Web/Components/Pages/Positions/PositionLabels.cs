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
