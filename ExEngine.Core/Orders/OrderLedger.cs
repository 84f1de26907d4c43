using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Orders;

/// <summary>
/// Writes what became of orders: moves with their history, fills once each, and the position in the same transaction. The
/// caller holds the account's lease and saves.
/// </summary>
public sealed class OrderLedger(SequentialIds ids, IOptions<ExecutionOptions> options)
{
    private const int MaxCode = 64;
    private const string ByHand = "hand:";

    /// <summary>Trades of an executed order that the exchange does not list yet are asked for again after this.</summary>
    private static readonly Backoff MissingTrades = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(30));

    /// <summary>How long an order that was settled manually as not placed is still asked about.</summary>
    private static readonly TimeSpan DoubtAfterManualSettlement = TimeSpan.FromDays(1);

    /// <summary>Moves an order, by the table.</summary>
    public void Move(AppDb db, Order order, OrderStatus to, DateTime now, string? reason = null)
    {
        OrderTransitions.Require(order.Status, to);
        db.Add(Transition(order, order.Status, to, now, reason));

        // An order that was settled manually as not placed and turns up ends only now: late fills are waited for from here.
        order.FinishedAt =
            !to.IsFinal() ? null
            : order.Status == OrderStatus.NotPlaced ? now
            : order.FinishedAt ?? now;
        order.Status = to;
        order.UnknownSince =
            to == OrderStatus.Unknown ? now
            : to == OrderStatus.NeedsOperator ? order.UnknownSince
            : null;
    }

    /// <summary>The first line of an order's history.</summary>
    public void Begin(AppDb db, Order order, DateTime now)
    {
        db.Add(order);
        db.Add(Transition(order, null, order.Status, now, null));
    }

    /// <summary>Writes a conclusion, and the trades that came with it, into a tracked order.</summary>
    /// <param name="market">Its rules say what is dust; null when they are not at hand.</param>
    /// <returns>The position, when a new fill changed it.</returns>
    public async Task<Position?> ApplyAsync(
        AppDb db,
        Order order,
        OrderChange change,
        IReadOnlyList<ExchangeTrade> trades,
        Market? market,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        Note(order, change);
        var position = await FillAsync(db, order, trades, market, now, cancellationToken);
        var to = change.To;
        if (order.IsWhole(order.FilledQuantity) && OrderTransitions.May(to ?? order.Status, OrderStatus.Filled))
        {
            // A trade may tell sooner than the order that it is filled.
            to = OrderStatus.Filled;
        }

        if (to is { } target && target != order.Status)
        {
            Move(db, order, target, now, change.Reason);
        }

        Settle(order, now);
        order.UpdatedAt = now;
        return position;
    }

    /// <summary>
    /// A person's word for what the exchange says was executed and lists no trades of: booked as one fill of <see
    /// cref="FillKind.Adjustment"/>, and trades that are told later count no more.
    /// </summary>
    /// <param name="price">Quote per base.</param>
    public async Task BookByHandAsync(AppDb db, Order order, decimal price, DateTime now, CancellationToken cancellationToken)
    {
        var trade = new ExchangeTrade
        {
            TradeId = $"{ByHand}{order.Id:N}",
            ExchangeOrderId = order.ExchangeOrderId ?? "",
            Symbol = order.Symbol,
            Side = order.Side,
            Price = price,
            Quantity = order.Uncounted(),
            Cost = price * order.Uncounted(),
            At = order.FinishedAt ?? now,
        };
        order.ExchangeOrderId ??= trade.ExchangeOrderId;
        await FillAsync(db, order, [trade], market: null, now, cancellationToken);
        order.Code = OrderCodes.BookedByHand;
        Settle(order, now);
        order.UpdatedAt = now;
    }

    private static void Note(Order order, OrderChange change)
    {
        if (change.Seen is { } seen)
        {
            order.ExchangeOrderId ??= seen.ExchangeOrderId;
            if (seen.FilledQuantity >= order.FilledQuantity)
            {
                (order.FilledQuantity, order.ExecutedCost) = (seen.FilledQuantity, Math.Max(order.ExecutedCost, seen.ExecutedCost));
            }

            (order.AbsentSince, order.AbsentCount) = (null, 0);
        }
        else if (change.AbsentAt is { } at)
        {
            order.AbsentSince ??= at;
            order.AbsentCount++;
        }

        // An alarm stays until somebody has seen it, whatever happens to the order meanwhile.
        order.Code = order.Code is OrderCodes.PlacedAfterAll or OrderCodes.BookedByHand ? order.Code : Short(change.Code) ?? order.Code;
        order.Reason = change.Reason ?? order.Reason;
        order.NextLookAt = change.NextLookAt;
    }

    // Some exchanges state a sentence where others have a number.
    private static string? Short(string? code) => code is { Length: > MaxCode } ? code[..MaxCode] : code;

    private async Task<Position?> FillAsync(
        AppDb db,
        Order order,
        IReadOnlyList<ExchangeTrade> trades,
        Market? market,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var mine = trades.Where(t => t.ExchangeOrderId == order.ExchangeOrderId && t.Quantity > 0).DistinctBy(t => t.TradeId).ToList();
        if (mine.Count == 0 || order.Code == OrderCodes.BookedByHand)
        {
            return null;
        }

        var told = mine.Select(t => t.TradeId).ToList();
        var known = await db
            .Fills.Where(f => f.AccountId == order.AccountId && f.Symbol == order.Symbol && told.Contains(f.ExchangeTradeId))
            .Select(f => f.ExchangeTradeId)
            .ToListAsync(cancellationToken);
        var fills = mine.Where(t => !known.Contains(t.TradeId)).Select(t => Fill(order, t, now)).ToList();
        if (fills.Count == 0)
        {
            return null;
        }

        var before =
            order.BookedQuantity == 0
                ? 0
                : (await db.Fills.Where(f => f.OrderId == order.Id).Select(f => f.Cost).ToListAsync(cancellationToken)).Sum();
        db.AddRange(fills);
        order.BookedQuantity += fills.Sum(f => f.Quantity);
        if (order.BookedQuantity >= order.FilledQuantity)
        {
            (order.FilledQuantity, order.ExecutedCost) = (order.BookedQuantity, before + fills.Sum(f => f.Cost));
        }

        return await PositionAsync(db, order, fills, market, now, cancellationToken);
    }

    private async Task<Position> PositionAsync(
        AppDb db,
        Order order,
        List<Fill> fills,
        Market? market,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var position =
            await db.Positions.SingleOrDefaultAsync(
                p => p.AccountId == order.AccountId && p.Symbol == order.Symbol && p.OwnerId == order.OwnerId,
                cancellationToken
            ) ?? db.Add(NewPosition(order, now)).Entity;
        fills.Sort(FillOrder.Instance);
        if (fills.Exists(f => PositionMath.NeedsReplay(position, f)))
        {
            await ReplayAsync(db, position, fills, market, cancellationToken);
        }
        else
        {
            var holding = Holding.Of(position);
            foreach (var fill in fills)
            {
                (holding, fill.RealizedProfit, _) = PositionMath.Apply(holding, fill, market);
            }

            holding.WriteTo(position);
        }

        position.UpdatedAt = now;
        position.Version++;
        return position;
    }

    // A fill that is older than what is counted already: what is held now is counted anew, in the exchange's order, from its first
    // fill; everything is, when that does not suffice.
    private static async Task ReplayAsync(AppDb db, Position position, List<Fill> news, Market? market, CancellationToken cancellationToken)
    {
        var stored = db.Fills.Where(f => f.AccountId == position.AccountId && f.Symbol == position.Symbol && f.OwnerId == position.OwnerId);
        var old = await stored.Where(f => f.At >= position.OpenedAt).ToListAsync(cancellationToken);
        var replay = PositionMath.OfRound(Holding.Of(position), old, news, market);
        if (replay is null)
        {
            old = await stored.ToListAsync(cancellationToken);
            replay = PositionMath.Of(position.Base, position.Quote, old.Union(news), market);
        }

        foreach (var fill in old.Union(news))
        {
            fill.RealizedProfit = replay.Profits.GetValueOrDefault(fill.Id);
        }

        replay.Holding.WriteTo(position);
    }

    private Position NewPosition(Order order, DateTime now)
    {
        var pair = order.Symbol.Split('/', ':');
        var market = (order.Symbol, pair[0], pair.Length > 1 ? pair[1] : "");
        return Position.New(ids.Next(), order.UserId, order.AccountId, market, new PositionOwner(order.OwnerKind, order.OwnerId), now);
    }

    // Everything is known of it: its end, every fill, and no late one to come.
    private void Settle(Order order, DateTime now)
    {
        if (!order.Status.IsFinal() || order.BookedQuantity != order.FilledQuantity)
        {
            order.NextLookAt =
                order.Status.IsFinal() && order.FilledQuantity > order.BookedQuantity
                    ? now + MissingTrades.ForAge(now - (order.FinishedAt ?? now))
                    : order.NextLookAt;
            return;
        }

        var doubt =
            order.Status is OrderStatus.Canceled or OrderStatus.Expired && order.ExchangeOrderId is not null ? options.Value.LateFills
            : order is { Status: OrderStatus.NotPlaced, Code: OrderCodes.SaidNotPlaced } ? DoubtAfterManualSettlement
            : TimeSpan.Zero;
        if (doubt == TimeSpan.Zero || now - order.FinishedAt >= doubt)
        {
            order.SettledAt ??= now;
            order.NextLookAt = null;
        }
    }

    // The side is the order's: the trades in an answer to a placing do not always tell theirs.
    private Fill Fill(Order order, ExchangeTrade trade, DateTime now) =>
        new()
        {
            Id = ids.Next(),
            UserId = order.UserId,
            AccountId = order.AccountId,
            OrderId = order.Id,
            OwnerId = order.OwnerId,
            Kind = trade.TradeId.StartsWith(ByHand, StringComparison.Ordinal) ? FillKind.Adjustment : FillKind.Trade,
            Symbol = order.Symbol,
            ExchangeTradeId = trade.TradeId,
            Side = order.Side,
            Price = trade.Price,
            Quantity = trade.Quantity,
            Cost = trade.Cost,
            Fee = trade.Fee,
            FeeAsset = trade.FeeAsset,
            IsMaker = trade.IsMaker,
            IsUntold = order.OwnerKind == OwnerKind.Bot ? true : null,
            At = trade.At,
            StoredAt = now,
        };

    private OrderTransition Transition(Order order, OrderStatus? from, OrderStatus to, DateTime now, string? reason) =>
        new()
        {
            Id = ids.Next(),
            UserId = order.UserId,
            OrderId = order.Id,
            From = from,
            To = to,
            At = now,
            Reason = reason,
        };
}
