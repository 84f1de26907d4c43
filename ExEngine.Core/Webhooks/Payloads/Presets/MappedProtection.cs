using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>Take-profits and stop-loss of a map, by the field names of <see cref="TakeProfitStep"/> and <see cref="StopLoss"/>.</summary>
internal static class MappedProtection
{
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
        var type = payload.Choice("type", ProtectionReader.StopTypes);
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
}
