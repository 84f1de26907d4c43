using ExEngine.Core.Exchanges;
using ExEngine.Core.Live;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>Writes what came back from the exchange: the order's move, its fills, the position and the end of its signal in one commit.</summary>
internal sealed class OrderNewsWriter(
    AccountLeases leases, MarketCatalog markets, OrderLedger ledger, OrderPlacer placer, SignalEnding signals, LiveFeed feed, TimeProvider time,
    IOptions<ExecutionOptions> options, ILogger<OrderNewsWriter> logger)
{
    public async Task WriteAsync(OwnedAccount owned, OrderTraffic traffic, CancellationToken cancellationToken)
    {
        while (traffic.Peek() is { } news)
        {
            try
            {
                await WriteAsync(owned, news, cancellationToken);
            }
            catch (InvalidOperationException e)
            {
                // A move that is not in the table, or arithmetic that does not fit: heard, not repeated for ever. The order is asked about again.
                logger.LogCritical(e, "Order {Order}: what the exchange said could not be written", news.OrderId);
            }

            traffic.Done();
        }
    }

    private async Task WriteAsync(OwnedAccount owned, OrderNews news, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var db = write.Db;
        var order = await db.Orders.SingleAsync(o => o.Id == news.OrderId, cancellationToken);
        var (before, now) = (order.Status, time.GetUtcNow().UtcDateTime);
        var change = news.Conclude(order, now, options.Value);
        var market = (await markets.FindAsync(owned.Account.Exchange, cancellationToken))?.Resolve(order.Symbol).Market;
        var position = await ledger.ApplyAsync(db, order, change, news.Trades, market, now, cancellationToken);
        var closed = position is not null && order.Side == OrderSide.Sell
            ? await DailyLossLatch.CloseAsync(db, order, position.Quote, now, cancellationToken)
            : [];
        if (change.SendAgain)
        {
            placer.PlanAgain(db, order, now);
        }

        if (order.Status.IsFinal() && !before.IsFinal() && order.Origin == OrderOrigin.Signal)
        {
            await signals.EndAsync(db, order.OriginId, cancellationToken);
        }

        Failpoint.Reach(order.Status == OrderStatus.Unknown ? "unknown.beforeCommit" : "answer.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach(order.Status == OrderStatus.Unknown ? "unknown.afterCommit" : "answer.afterCommit");
        Announce(order, before, position is not null);
        foreach (var scope in closed)
        {
            feed.Publish(new LiveEvent(order.UserId, LiveKind.Risk, scope));
        }
    }

    private void Announce(Order order, OrderStatus before, bool isFilled)
    {
        if (order.Status != before || isFilled)
        {
            feed.Publish(new LiveEvent(order.UserId, LiveKind.Order, order.Id));
        }

        if (isFilled)
        {
            feed.Publish(new LiveEvent(order.UserId, LiveKind.Position, order.AccountId));
        }

        if (order.Origin == OrderOrigin.Signal && order.Status.IsFinal() && !before.IsFinal())
        {
            feed.Publish(new LiveEvent(order.UserId, LiveKind.Signal, order.OriginId));
        }
    }
}
