using System.Globalization;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots;

/// <summary>
/// What an order of a bot is for: the deal or line, and how many orders the bot had planned before it. It is decided by the state that is
/// stored together with the plan, so that the same plan made again after a crash has the same key, and no other plan has it.
/// </summary>
/// <param name="Slot">The place that the order takes, of which one at a time exists: <c>d3.so2</c>, <c>d3.tp1</c>, <c>l7</c>.</param>
/// <param name="Generation">Counted over the whole bot, from 1.</param>
public readonly record struct BotOrderKey(string Slot, int Generation)
{
    /// <summary>
    /// The leg of the order row. The row's own generation stays 1 for a plan's order and counts what the order engine sends again by
    /// itself.
    /// </summary>
    public string Leg => string.Create(CultureInfo.InvariantCulture, $"{Slot}.{Generation}");

    /// <summary>Client order id of the order: from bot, slot and generation, 32 hexadecimal digits.</summary>
    public string ClientId(Guid botId) => ClientOrderId.Of(OrderOrigin.Bot, botId, Leg, 1);

    /// <summary>The key of a stored order; null when the leg is not of a bot.</summary>
    public static BotOrderKey? Parse(string leg) =>
        leg.LastIndexOf('.') is > 0 and var dot
        && int.TryParse(leg.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? new(leg[..dot], generation)
            : null;
}
