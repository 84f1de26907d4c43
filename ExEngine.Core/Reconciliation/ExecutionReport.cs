using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Reconciliation;

/// <summary>What came back from the exchange about one order, with the trades that were told or asked for.</summary>
public abstract record ExecutionReport(Guid OrderId, IReadOnlyList<ExchangeTrade> Trades)
{
    public sealed record Sent(Guid OrderId, ExchangeResult<ExchangeOrder> Result, IReadOnlyList<ExchangeTrade> Trades)
        : ExecutionReport(OrderId, Trades);

    public sealed record Looked(Guid OrderId, OrderQueryResult Look, IReadOnlyList<ExchangeTrade> Trades)
        : ExecutionReport(OrderId, Trades);

    public sealed record Canceled(Guid OrderId, ExchangeResult<ExchangeOrder> Result, IReadOnlyList<ExchangeTrade> Trades)
        : ExecutionReport(OrderId, Trades);

    /// <summary>It rests as it did, or the list that would tell could not be had: nothing to write.</summary>
    /// <param name="NextLookAt">UTC.</param>
    public sealed record Unchanged(Guid OrderId, DateTime NextLookAt) : ExecutionReport(OrderId, []);

    /// <summary>What it means for the order.</summary>
    public OrderChange Conclude(Order order, DateTime now, ExecutionOptions options) =>
        this switch
        {
            Sent sent => OrderReconciler.AfterSend(order, sent.Result, now, options),
            Looked looked => OrderReconciler.AfterLook(order, looked.Look, now, options),
            Canceled canceled => OrderReconciler.AfterCancel(order, canceled.Result, now, options),
            _ => throw new InvalidOperationException($"{GetType().Name} is no report."),
        };
}
