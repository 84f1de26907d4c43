using System.Globalization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>The orders of an open deal: exits, then the ladder downwards.</summary>
internal static class DealLines
{
    public static IEnumerable<BotLine> Of(Deal deal, Market market)
    {
        var ladder = deal.BasePrice is { } price ? DcaLadder.Of(deal.Settings, market, price, deal.Scale) : [];
        var lines = ladder.ToDictionary(l => $"d{deal.Number}.so{l.Number}");
        var others = deal
            .Orders.Where(o => !lines.ContainsKey(o.Slot))
            .OrderByDescending(o => o.Price ?? decimal.MaxValue)
            .Select(o => Resting(deal, o));
        return others.Concat(ladder.Select(l => Line(deal, l)));
    }

    private static BotLine Resting(Deal deal, BotOrder order) =>
        new(
            order.Slot,
            Name(order.Slot[(order.Slot.IndexOf('.', StringComparison.Ordinal) + 1)..]),
            deal.Number,
            order.Side,
            order.Price,
            order.Quantity,
            order.Executed,
            LineStatus.Resting,
            null,
            null,
            null,
            null,
            order.Key.Leg
        );

    private static string Name(string slot) =>
        slot == "base" ? "Base order"
        : slot.StartsWith("tp", StringComparison.Ordinal) ? $"Take-profit {int.Parse(slot[2..], CultureInfo.InvariantCulture) + 1}"
        : DealEditing.IsSafety(slot) ? $"Safety order {slot[2..]}"
        : slot.StartsWith("add", StringComparison.Ordinal) ? "Added funds"
        : "Exit";

    private static BotLine Line(Deal deal, DcaLevel level)
    {
        var slot = $"d{deal.Number}.so{level.Number}";
        var line = deal.Lines.FirstOrDefault(l => l.Number == level.Number) ?? new SafetyLine { Number = level.Number };
        var order = deal.Orders.FirstOrDefault(o => o.Slot == slot);
        return new(
            slot,
            $"Safety order {level.Number}",
            deal.Number,
            deal.Settings.Direction.EntrySide(),
            order?.Price ?? level.Price,
            order?.Quantity ?? level.Quantity,
            line.Filled,
            order is null ? line.Status : LineStatus.Resting,
            line.Asked,
            line.Free,
            line.RetryAt,
            line.Problem,
            order?.Key.Leg
        );
    }
}
