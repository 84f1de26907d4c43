using ExEngine.Core.Markets;
using ExEngine.Tests.Markets;

namespace ExEngine.Tests.Bots;

/// <summary>Markets of the worked examples, with steps that each test states.</summary>
internal static class BotMarkets
{
    public static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Market Of(decimal tick, decimal step, decimal minNotional = 5) =>
        MarketsOf.BtcUsdt with
        {
            PriceIncrements = tick == 0 ? Increments.Any : Increments.Tick(tick),
            QuantityIncrements = step == 0 ? Increments.Any : Increments.Tick(step),
            MinQuantity = step,
            MinNotional = minNotional,
        };
}
