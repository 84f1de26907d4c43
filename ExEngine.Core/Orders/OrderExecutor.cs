using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Orders;

/// <summary>
/// Talks to the exchange about one order and brings the news home. It writes nothing: SUBMITTING and CANCEL_PENDING are
/// committed before it is called, what it brings is committed after. Each method ends with news, whatever happens.
/// </summary>
public sealed class OrderExecutor(TimeProvider time, IOptions<ExecutionOptions> options, ILogger<OrderExecutor> logger)
{
    /// <summary>An exchange's clock may be behind ours: what is asked "since" begins this much earlier.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private const int MostStrangers = 20;

    public async Task<OrderNews> SendAsync(IExchange exchange, Order order, OrderTicket ticket, CancellationToken cancellationToken)
    {
        Failpoint.Reach("send.beforeCall");
        var deadline = order.SubmittedAt!.Value + options.Value.SendWithin;
        var answer = await CallAsync(() => exchange.PlaceAsync(ticket, order.ClientId, deadline, cancellationToken), order, "place");
        Failpoint.Reach("send.afterCall");
        return new OrderNews.Sent(order.Id, answer, await TradesAsync(exchange, order, answer.Value, cancellationToken));
    }

    public async Task<OrderNews> CancelAsync(IExchange exchange, Order order, CancellationToken cancellationToken)
    {
        Failpoint.Reach("cancel.beforeCall");
        var answer = await CallAsync(() => exchange.CancelAsync(Name(order), cancellationToken), order, "cancel");
        Failpoint.Reach("cancel.afterCall");
        if (answer.Fault is { Kind: FaultKind.OrderUnknown } or { Kind: FaultKind.Ambiguous })
        {
            // It is not open there, or perhaps not any more: what became of it is for the order itself to say.
            return await LookAsync(exchange, order, cancellationToken);
        }

        return new OrderNews.Canceled(order.Id, answer, await TradesAsync(exchange, order, answer.Value, cancellationToken));
    }

    /// <summary>Asks for an order; for one that should be there by now and is not found, in every list that could have it.</summary>
    public async Task<OrderNews> LookAsync(IExchange exchange, Order order, CancellationToken cancellationToken)
    {
        Failpoint.Reach("look.beforeCall");
        var askedAt = time.GetUtcNow().UtcDateTime;
        var answer = await CallAsync(() => exchange.FindAsync(Name(order), cancellationToken), order, "find");
        Failpoint.Reach("look.afterCall");
        var look = answer switch
        {
            { IsDone: false } => new OrderLook(null, false, askedAt, answer.Fault),
            { Value: { } found } => new OrderLook(found, true, askedAt, null),
            _ when MayProveAbsence(order, askedAt) => await SearchAsync(exchange, order, askedAt, cancellationToken),
            _ => new OrderLook(null, false, askedAt, null),
        };
        return new OrderNews.Looked(order.Id, look, await TradesAsync(exchange, order, look.Found, cancellationToken));
    }

    /// <summary>An order that a list showed: news without another question, but for its trades.</summary>
    public async Task<OrderNews> ListedAsync(IExchange exchange, Order order, ExchangeOrder listed, CancellationToken cancellationToken) =>
        new OrderNews.Looked(order.Id, new OrderLook(listed, true, time.GetUtcNow().UtcDateTime, null), await TradesAsync(exchange, order, listed, cancellationToken));

    // The lists cost an exchange's allowance a dozen times what the question costs: they are read when they decide, not before.
    private bool MayProveAbsence(Order order, DateTime askedAt) => order.Status == OrderStatus.CancelPending
        || (order.Status is OrderStatus.Unknown or OrderStatus.NeedsOperator
            && askedAt - (order.SubmittedAt ?? order.CreatedAt) >= options.Value.AbsenceHorizon);

    private static OrderName Name(Order order) => new(order.Symbol, order.ClientId, order.ExchangeOrderId);

    private async Task<OrderLook> SearchAsync(IExchange exchange, Order order, DateTime askedAt, CancellationToken cancellationToken)
    {
        var since = (order.SubmittedAt ?? order.CreatedAt) - ClockSlack;
        var open = await CallAsync(() => exchange.OpenOrdersAsync(order.Symbol, cancellationToken), order, "open orders");
        var recent = await CallAsync(() => exchange.RecentOrdersAsync(order.Symbol, since, cancellationToken), order, "recent orders");
        var lists = (open.Value ?? []).Concat(recent.Value ?? []).ToList();
        if (lists.Find(o => o.ClientId == order.ClientId) is { } found)
        {
            return new OrderLook(found, true, askedAt, null);
        }

        var trades = await CallAsync(() => exchange.TradesAsync(order.Symbol, since, cancellationToken), order, "trades");
        var fault = open.Fault ?? recent.Fault ?? trades.Fault;
        var known = lists.Select(o => o.ExchangeOrderId).ToHashSet(StringComparer.Ordinal);
        var strangers = (trades.Value ?? []).Select(t => t.ExchangeOrderId).Where(id => !known.Contains(id)).Distinct().ToList();
        if (fault is not null)
        {
            return new OrderLook(null, false, askedAt, fault.Kind == FaultKind.NotSupported ? null : fault);
        }

        return strangers.Count > MostStrangers
            ? new OrderLook(null, false, askedAt, null)
            : await AskStrangersAsync(exchange, order, strangers, askedAt, cancellationToken);
    }

    // Trades of orders that are older than the lists: each is asked whose it is, so that none of them hides ours for ever.
    private async Task<OrderLook> AskStrangersAsync(
        IExchange exchange, Order order, List<string> strangers, DateTime askedAt, CancellationToken cancellationToken)
    {
        foreach (var id in strangers)
        {
            var answer = await CallAsync(() => exchange.FindAsync(new OrderName(order.Symbol, "", id), cancellationToken), order, "find a stranger");
            if (answer.Value is not { } other)
            {
                return new OrderLook(null, false, askedAt, answer.Fault);
            }

            if (other.ClientId == order.ClientId)
            {
                return new OrderLook(other, true, askedAt, null);
            }
        }

        return new OrderLook(null, true, askedAt, null);
    }

    /// <summary>The open orders of a symbol, for several orders that look at once.</summary>
    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(IExchange exchange, Order order, CancellationToken cancellationToken) =>
        CallAsync(() => exchange.OpenOrdersAsync(order.Symbol, cancellationToken), order, "open orders");

    /// <summary>The trades that an answer carried, or those of the order when it has executed more than is stored.</summary>
    private async Task<IReadOnlyList<ExchangeTrade>> TradesAsync(
        IExchange exchange, Order order, ExchangeOrder? seen, CancellationToken cancellationToken)
    {
        var executed = Math.Max(order.Executed, seen?.Executed ?? 0);
        if (seen?.Trades is { } told && told.Sum(t => t.Quantity) + order.Filled >= executed && told.All(t => t.TradeId.Length > 0))
        {
            return told;
        }

        var mayBeLate = order.Status is OrderStatus.Canceled or OrderStatus.Expired;
        if ((executed <= order.Filled && !mayBeLate) || (seen?.ExchangeOrderId ?? order.ExchangeOrderId) is not { } id)
        {
            return [];
        }

        var since = (order.SubmittedAt ?? order.CreatedAt) - ClockSlack;
        var answer = await CallAsync(
            () => exchange.TradesOfAsync(new OrderName(order.Symbol, order.ClientId, id), since, cancellationToken), order, "trades");
        return answer.Value ?? [];
    }

    // An implementation does not throw; should one do so, nothing is known of what it sent.
    private async Task<ExchangeResult<T>> CallAsync<T>(Func<Task<ExchangeResult<T>>> call, Order order, string what)
    {
        var began = time.GetTimestamp();
        try
        {
            var answer = await call();
            if (!answer.IsDone)
            {
                logger.LogWarning("Order {Order}: {What} ended {Outcome}, {Code}: {Reason}", order.ClientId, what, answer.Outcome,
                    answer.Fault.Code, answer.Fault.Message);
            }

            return answer;
        }
        catch (Exception e)
        {
            logger.LogError(e, "Order {Order}: {What} failed after {Elapsed} ms", order.ClientId, what, time.GetElapsedTime(began).TotalMilliseconds);
            return ExchangeResult.Unknown<T>(new ExchangeFault(FaultKind.Ambiguous, "failed", "The call failed inside the engine."));
        }
    }
}
