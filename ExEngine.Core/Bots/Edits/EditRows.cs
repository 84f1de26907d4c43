using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Edits;

/// <summary>Compares the orders that a bot has with those that it would have.</summary>
internal static class EditRows
{
    /// <param name="traded">Those that would be executed at market.</param>
    /// <param name="names">By slot.</param>
    /// <param name="last">Quote per base; null when there is none.</param>
    public static EditDiff Of(
        IReadOnlyList<BotOrder> before,
        IReadOnlyList<BotOrder> after,
        IReadOnlyList<BotOrder> traded,
        IReadOnlyDictionary<string, string> names,
        decimal? last
    )
    {
        var (had, has) = (before.Select(o => o.Key).ToHashSet(), after.Select(o => o.Key).ToHashSet());
        has.UnionWith(traded.Select(o => o.Key));
        var gone = before.Where(o => !has.Contains(o.Key)).ToList();
        var placed = after.Where(o => !had.Contains(o.Key)).ToList();
        var rows = new List<EditRow>();

        // The same place first, then the same price, then whatever is nearest to the market on the same side.
        foreach (var isPair in (Func<BotOrder, BotOrder, bool>[])[(g, p) => g.Slot == p.Slot, (g, p) => g.Price == p.Price, (_, _) => true])
        {
            foreach (var order in Nearest(placed, last))
            {
                if (Nearest(gone, last).FirstOrDefault(g => g.Side == order.Side && isPair(g, order)) is { } was)
                {
                    gone.Remove(was);
                    placed.Remove(order);
                    rows.Add(Row(EditChange.Moved, order, was));
                }
            }
        }

        rows.AddRange(traded.Where(o => !had.Contains(o.Key)).Concat(placed).Select(o => Row(EditChange.Placed, o, null)));
        rows.AddRange(gone.Select(o => Row(EditChange.Cancelled, null, o)));
        return new([.. rows.OrderByDescending(r => r.Price ?? r.WasPrice ?? decimal.MaxValue)], had.Count(has.Contains), []);

        EditRow Row(EditChange change, BotOrder? order, BotOrder? was)
        {
            var shown = (order ?? was)!;
            return new(
                change,
                names.GetValueOrDefault(shown.Slot, shown.Slot),
                shown.Side,
                order?.Type == OrderType.Market ? null : order?.Price,
                order?.Remaining,
                was?.Price,
                was?.Remaining,
                order is not null && (traded.Contains(order) || IsMarketable(order, last))
            );
        }
    }

    private static List<BotOrder> Nearest(List<BotOrder> orders, decimal? last) =>
        [.. orders.OrderBy(o => Math.Abs((o.Price ?? last ?? 0) - (last ?? 0)))];

    private static bool IsMarketable(BotOrder order, decimal? last) =>
        order.Side == OrderSide.Buy ? order.Price >= last : order.Price <= last;
}
