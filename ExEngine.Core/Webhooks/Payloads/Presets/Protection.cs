using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>Take-profits and stop-loss by the field names of <see cref="TakeProfitStep"/> and <see cref="StopLoss"/>.</summary>
internal static class Protection
{
    public static readonly IReadOnlyDictionary<string, OrderType> StopTypes = new Dictionary<string, OrderType>
    {
        ["stop"] = OrderType.Stop,
        ["stop_limit"] = OrderType.StopLimit,
        ["trailing_stop"] = OrderType.TrailingStop,
    };

    /// <summary>Null, and an error, unless exactly one distance is stated.</summary>
    public static TakeProfitStep? TakeProfit(PayloadFields payload) =>
        !payload.ExactlyOne("limitPrice", "percent", "amount")
            ? null
            : new TakeProfitStep
            {
                LimitPrice = payload.Positive("limitPrice"),
                Percent = payload.Positive("percent"),
                Amount = payload.Positive("amount"),
            };

    public static StopLoss StopLoss(PayloadFields payload)
    {
        var type = payload.Choice("type", StopTypes);
        var stop = new StopLoss
        {
            OrderType = type ?? OrderType.Stop,
            Percent = payload.Positive("percent"),
            Amount = payload.Positive("amount"),
            StopPrice = payload.Positive("stopPrice"),
            LimitPrice = payload.Positive("limitPrice"),
            TrailAmount = payload.Positive("trailAmount"),
            TrailPercent = payload.Positive("trailPercent"),
        };
        if (type == OrderType.TrailingStop)
        {
            payload.ExactlyOne("trailPercent", "trailAmount");
        }
        else if (type is not null || !payload.Has("type"))
        {
            payload.ExactlyOne("percent", "amount", "stopPrice");
        }

        return stop;
    }

    /// <summary>An error on the field unless the shares add up to at most 100 %.</summary>
    public static void CheckShares(PayloadFields payload, string field, IReadOnlyList<TakeProfitStep> steps)
    {
        if (steps.Sum(s => s.Share) is > 100 and var sum)
        {
            payload.Error(field, $"closes {ExactJson.Text(sum)} % of the position; its shares may add up to 100 % at most.");
        }
    }
}
