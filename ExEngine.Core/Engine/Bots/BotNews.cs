using ExEngine.Core.Bots;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Bots;

/// <summary>What became of a bot's orders since it was told last, read from the rows.</summary>
/// <param name="Fills">Of these ids the fills are told by the events.</param>
/// <param name="LastFillAt">UTC at which the last of them was stored here.</param>
/// <param name="TradedAt">UTC at which the first of them was made.</param>
/// <param name="FeeAsset">Of the last fill that had a fee.</param>
/// <param name="HasMissed">Some of the fills were made while nobody looked.</param>
internal sealed record BotNews(
    IReadOnlyList<BotEvent> Events,
    IReadOnlyList<Guid> Fills,
    DateTime? LastFillAt,
    DateTime? TradedAt,
    string? FeeAsset,
    bool HasMissed
)
{
    public static BotNews None { get; } = new([], [], null, null, null, false);
}

/// <summary>
/// Reads <see cref="BotNews"/>. A fill is told while its row says that it was not, and the transaction that stores the plan takes that
/// mark off: so each counts once, after every crash.
/// </summary>
internal sealed class BotNewsReader(IDbContextFactory<AppDb> databases)
{
    private static readonly BotOrderKey ByHand = new("hand", 0);

    public async Task<BotNews> ReadAsync(RunningBot bot, AccountState state, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var planned = bot.Program.Orders;
        var rows = await OrdersAsync(db, bot.Row.Id, planned, state, cancellationToken);
        var fills = await db.Fills.AsNoTracking().Where(f => f.OwnerId == bot.Row.Id && f.IsUntold != null).ToListAsync(cancellationToken);
        fills.Sort(FillOrder.Instance);
        var legs = await LegsAsync(db, fills, rows, cancellationToken);
        var events = new List<BotEvent>();
        foreach (var fill in fills)
        {
            // What a person sold of a bot that had stopped has no place in its plan, and is in its books all the same.
            var key = legs.GetValueOrDefault(fill.OrderId) is { } leg ? BotOrderKey.Parse(leg) : null;
            events.Add(new BotEvent.Filled(BotFill.Of(fill, key ?? ByHand)));
        }

        foreach (var order in planned)
        {
            if (EndOf(order, rows.GetValueOrDefault(order.Key.Leg)) is { } end)
            {
                events.Add(end);
            }
        }

        return new(
            events,
            [.. fills.Select(f => f.Id)],
            fills.Count == 0 ? null : fills.Max(f => f.StoredAt),
            fills.Count == 0 ? null : fills.Min(f => f.At),
            fills.LastOrDefault(f => f.Fee != 0)?.FeeAsset,
            fills.Any(BotAbsence.IsMissed)
        );
    }

    // The newest generation of each leg: one that was lost on its way is followed by the same order once more.
    private static async Task<Dictionary<string, Order>> OrdersAsync(
        AppDb db,
        Guid botId,
        IReadOnlyList<BotOrder> planned,
        AccountState state,
        CancellationToken cancellationToken
    )
    {
        var rows = state.Orders.Where(o => o.OriginId == botId).ToList();
        var missing = planned.Select(o => o.Key.Leg).Except(rows.Select(r => r.Leg)).ToList();
        if (missing.Count > 0)
        {
            rows.AddRange(
                await db.Orders.AsNoTracking().Where(o => o.OriginId == botId && missing.Contains(o.Leg)).ToListAsync(cancellationToken)
            );
        }

        return rows.GroupBy(o => o.Leg).ToDictionary(g => g.Key, g => g.MaxBy(o => o.Generation)!, StringComparer.Ordinal);
    }

    private static async Task<Dictionary<Guid, string>> LegsAsync(
        AppDb db,
        List<Fill> fills,
        Dictionary<string, Order> rows,
        CancellationToken cancellationToken
    )
    {
        var legs = rows.Values.ToDictionary(o => o.Id, o => o.Leg);
        var missing = fills.Select(f => f.OrderId).Distinct().Where(id => !legs.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            foreach (
                var order in await db
                    .Orders.AsNoTracking()
                    .Where(o => missing.Contains(o.Id))
                    .Select(o => new { o.Id, o.Leg })
                    .ToListAsync(cancellationToken)
            )
            {
                legs[order.Id] = order.Leg;
            }
        }

        return legs;
    }

    private static BotEvent.Ended? EndOf(BotOrder planned, Order? row)
    {
        if (row is null)
        {
            return new(planned.Key, BotOrderEnd.NotPlaced, planned.Executed);
        }

        if (!row.Status.IsFinal() || row.Uncounted() != 0)
        {
            return null;
        }

        return new(planned.Key, How(row), row.FilledQuantity, row.Reason);
    }

    private static BotOrderEnd How(Order row) =>
        row.Status switch
        {
            OrderStatus.Filled => BotOrderEnd.Filled,
            // Nobody cancelled it: it is placed anew, as one that never was.
            OrderStatus.Canceled when row.Code == OrderCodes.Vanished => BotOrderEnd.NotPlaced,
            OrderStatus.Canceled => BotOrderEnd.Canceled,
            OrderStatus.Expired => BotOrderEnd.Expired,
            OrderStatus.NotPlaced => BotOrderEnd.NotPlaced,
            OrderStatus.Denied when row.Code == OrderCodes.Canceled => BotOrderEnd.Canceled,
            OrderStatus.Denied => Refused(row.Code),
            _ => BotOrderEnd.Rejected,
        };

    /// <summary>Whether a refusal of ours passes by itself: then the line waits, and it counts as no failure.</summary>
    public static BotOrderEnd Refused(string? code) =>
        code
            is RiskCodes.TradingHalted
                or RiskCodes.ReduceOnly
                or RiskCodes.RateUnknown
                or OrderCodes.Expired
                or RefusalCodes.MarketInactive
            ? BotOrderEnd.NotNow
            : BotOrderEnd.Denied;
}
