using ExEngine.Core.Exchanges;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Text;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Talks to the exchange about one order and brings a report of it home. It writes nothing: SUBMITTING and CANCEL_PENDING are
/// committed before it is called, what it brings is committed after. Each method ends with a report.
/// </summary>
public sealed class OrderSender(ExchangeCalls calls, TimeProvider time, IOptions<ExecutionOptions> options)
{
    /// <summary>An exchange's clock may be behind ours: what is asked "since" begins this much earlier.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    public async Task<ExecutionReport> SendAsync(
        IExchange exchange,
        Order order,
        ValidatedOrder validated,
        CancellationToken cancellationToken
    )
    {
        Failpoint.Reach("send.beforeCall");
        var deadline = order.SubmittedAt!.Value + options.Value.SendWithin;

        // The cost of a market buy is counted with the price that is on record beside the order.
        validated = validated with
        {
            ReferencePrice = order.ReferencePrice,
        };
        var answer = await calls.CallAsync(
            () => exchange.PlaceAsync(validated, order.ClientId, deadline, cancellationToken),
            order.ClientId,
            "place"
        );
        Failpoint.Reach("send.afterCall");
        if (answer.Fault is { Kind: FaultKind.WouldTake, Code: not FaultCodes.WouldTake } taking)
        {
            answer = ExchangeResult.Refused<ExchangeOrder>(await WouldTakeAsync(exchange, order, taking));
        }

        return new ExecutionReport.Sent(order.Id, answer, await TradesAsync(exchange, order, answer.Value, cancellationToken));
    }

    // Exchanges say that it would take, and not what it would have taken.
    private async Task<ExchangeFault> WouldTakeAsync(IExchange exchange, Order order, ExchangeFault fault)
    {
        var answer = await calls.CallAsync(() => exchange.TickerAsync(order.Symbol, CancellationToken.None), order.ClientId, "ticker");
        var market = answer.Value is { Bid: { } bid, Ask: { } ask } ? $"; bid {ExactJson.Text(bid)}, ask {ExactJson.Text(ask)} now" : "";
        return fault with
        {
            Code = FaultCodes.WouldTake,
            Message =
                $"Post-only, and at {ExactJson.Text(IncrementMath.Shortest(order.Price ?? 0))} it would have taken at once, so it was not placed{market}.",
        };
    }

    public async Task<ExecutionReport> CancelAsync(
        IExchange exchange,
        Order order,
        OrderHistoryCache readings,
        CancellationToken cancellationToken
    )
    {
        Failpoint.Reach("cancel.beforeCall");
        var answer = await calls.CallAsync(() => exchange.CancelAsync(Name(order), cancellationToken), order.ClientId, "cancel");
        Failpoint.Reach("cancel.afterCall");
        if (answer.Fault is { Kind: FaultKind.OrderUnknown } or { Kind: FaultKind.Ambiguous })
        {
            // It is not open there, or perhaps not any more: what became of it is for the order itself to say.
            return await LookAsync(exchange, order, readings, cancellationToken);
        }

        return new ExecutionReport.Canceled(order.Id, answer, await TradesAsync(exchange, order, answer.Value, cancellationToken));
    }

    /// <summary>Asks for an order; for one that should be there by now and is not found, in every list that could have it.</summary>
    public async Task<ExecutionReport> LookAsync(
        IExchange exchange,
        Order order,
        OrderHistoryCache readings,
        CancellationToken cancellationToken
    )
    {
        Failpoint.Reach("look.beforeCall");
        var askedAt = time.GetUtcNow().UtcDateTime;
        var answer = await calls.CallAsync(() => exchange.FindAsync(Name(order), cancellationToken), order.ClientId, "find");
        Failpoint.Reach("look.afterCall");
        var look = answer switch
        {
            { IsDone: false } => new OrderQueryResult(null, false, askedAt, answer.Fault),
            { Value: { } found } => new OrderQueryResult(found, true, askedAt, null),
            _ when MayProveAbsence(order, askedAt) => await SearchAsync(exchange, order, readings, askedAt),
            _ => new OrderQueryResult(null, false, askedAt, null),
        };
        return new ExecutionReport.Looked(order.Id, look, await TradesAsync(exchange, order, look.Found, cancellationToken));
    }

    /// <summary>A resting order that the list of open orders showed: a report without another question, but for its trades.</summary>
    public async Task<ExecutionReport> ListedAsync(
        IExchange exchange,
        Order order,
        ExchangeOrder listed,
        DateTime askedAt,
        CancellationToken cancellationToken
    ) =>
        listed.Status == ExchangeOrderStatus.Open
        && listed.FilledQuantity == order.FilledQuantity
        && order.BookedQuantity == order.FilledQuantity
        && order.AbsentCount == 0
        && order.ExchangeOrderId is not null
            ? new ExecutionReport.Unchanged(order.Id, askedAt + options.Value.OrderPoll)
            : new ExecutionReport.Looked(
                order.Id,
                new OrderQueryResult(listed, true, askedAt, null),
                await TradesAsync(exchange, order, listed, cancellationToken)
            );

    /// <summary>A resting order whose list could not be had this time.</summary>
    public ExecutionReport Unlisted(Order order, DateTime askedAt, ExchangeFault fault)
    {
        var pause = fault.RetryAfter ?? TimeSpan.Zero;
        return new ExecutionReport.Unchanged(order.Id, askedAt + (pause > options.Value.OrderPoll ? pause : options.Value.OrderPoll));
    }

    // The lists cost an exchange's allowance a dozen times what the question costs: they are read when they decide, not before.
    private bool MayProveAbsence(Order order, DateTime askedAt) =>
        order.Status == OrderStatus.CancelPending
        || (
            (order.Status is OrderStatus.Unknown or OrderStatus.NeedsOperator || (order.Status.IsResting() && order.AbsentCount > 0))
            && askedAt - (order.SubmittedAt ?? order.CreatedAt) >= options.Value.AbsenceHorizon
        );

    private static OrderName Name(Order order) => new(order.Symbol, order.ClientId, order.ExchangeOrderId);

    private async Task<OrderQueryResult> SearchAsync(IExchange exchange, Order order, OrderHistoryCache readings, DateTime askedAt)
    {
        var sent = order.SubmittedAt ?? order.CreatedAt;
        DateTime[] bounds =
        [
            askedAt - options.Value.AbsenceGap,
            order.Status == OrderStatus.CancelPending ? sent : sent + options.Value.AbsenceHorizon,
            (order.AbsentSince ?? sent) + options.Value.AbsenceGap,
        ];
        var notBefore = bounds.Max();
        var reading = await readings.ReadAsync(exchange, order.Symbol, sent - ClockSlack, notBefore);
        var found = reading.Orders.FirstOrDefault(o => o.ClientId == order.ClientId);
        return new OrderQueryResult(
            found,
            found is not null || reading.IsComplete,
            reading.AskedAt < askedAt ? reading.AskedAt : askedAt,
            found is null ? reading.Fault : null
        );
    }

    /// <param name="symbol">Null: of all symbols.</param>
    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(
        IExchange exchange,
        string? symbol,
        CancellationToken cancellationToken
    ) => calls.CallAsync(() => exchange.OpenOrdersAsync(symbol, cancellationToken), symbol ?? exchange.GetType().Name, "open orders");

    /// <summary>The trades that an answer carried, or those of the order when it has executed more than is stored.</summary>
    private async Task<IReadOnlyList<ExchangeTrade>> TradesAsync(
        IExchange exchange,
        Order order,
        ExchangeOrder? seen,
        CancellationToken cancellationToken
    )
    {
        var executed = Math.Max(order.FilledQuantity, seen?.FilledQuantity ?? 0);
        if (seen?.Trades is { } told && told.Sum(t => t.Quantity) + order.BookedQuantity >= executed && told.All(t => t.TradeId.Length > 0))
        {
            return told;
        }

        var mayBeLate = order.Status is OrderStatus.Canceled or OrderStatus.Expired;
        if ((executed <= order.BookedQuantity && !mayBeLate) || (seen?.ExchangeOrderId ?? order.ExchangeOrderId) is not { } id)
        {
            return [];
        }

        var since = (order.SubmittedAt ?? order.CreatedAt) - ClockSlack;
        var answer = await calls.CallAsync(
            () => exchange.TradesOfAsync(new OrderName(order.Symbol, order.ClientId, id), since, cancellationToken),
            order.ClientId,
            "trades"
        );
        return answer.Value ?? [];
    }
}
