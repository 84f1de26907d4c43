using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>The orders of one deal or grid that have not ended, one a slot, while a plan is made.</summary>
internal sealed class BotOrders(IReadOnlyList<BotOrder> before)
{
    private readonly List<BotOrder> _all = [.. before];

    public IReadOnlyList<BotOrder> All => _all;

    public BotOrder? At(string slot) => _all.Find(o => o.Slot == slot);

    public BotOrder? Of(BotOrderKey key) => _all.Find(o => o.Generation == key.Generation && o.Slot == key.Slot);

    public void Add(BotOrder order) => _all.Add(order);

    public void Set(BotOrder order)
    {
        var at = _all.FindIndex(o => o.Generation == order.Generation);
        _all[at] = order;
    }

    public void Remove(BotOrder order) => _all.RemoveAll(o => o.Generation == order.Generation);

    /// <summary>In base: what resting orders of a side still promise.</summary>
    public decimal Promised(OrderSide side) => _all.Where(o => o.Side == side).Sum(o => o.Remaining);

    /// <summary>
    /// Counts a fill. Returns how the order ended when it has with this, and null while it goes on or is not known any more.
    /// </summary>
    public (BotOrder Order, BotOrderEnd How)? Count(BotFill fill)
    {
        if (Of(fill.Key) is not { } order)
        {
            return null;
        }

        order = order with { Executed = order.Executed + fill.Quantity };
        return Ended(order);
    }

    /// <summary>Takes the proof that an order has ended. Null while fills of it are missing, or when it is not known any more.</summary>
    public (BotOrder Order, BotOrderEnd How)? End(BotEvent.Ended end) =>
        Of(end.Key) is { } order ? Ended(order with { End = end.How, EndExecuted = end.Executed }) : null;

    private (BotOrder Order, BotOrderEnd How)? Ended(BotOrder order)
    {
        if (order.Executed >= order.Quantity)
        {
            Remove(order);
            return (order, BotOrderEnd.Filled);
        }

        if (order.End is { } how && order.Executed >= order.EndExecuted)
        {
            Remove(order);
            return (order, how);
        }

        Set(order);
        return null;
    }
}
