using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Reconciliation;

/// <summary>
/// Reads all lists that could have an order of a symbol. They cost an exchange's allowance a dozen times what a question for one order
/// does.
/// </summary>
public sealed class OrderHistoryReader(ExchangeCalls calls, TimeProvider time)
{
    private const int MaxStrangers = 20;

    public async Task<OrderHistory> ReadAsync(IExchange exchange, string symbol, DateTime since, CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow().UtcDateTime;
        var recent = await calls.CallAsync(() => exchange.RecentOrdersAsync(symbol, since, cancellationToken), symbol, "recent orders");
        var trades = await calls.CallAsync(() => exchange.TradesAsync(symbol, since, cancellationToken), symbol, "trades");
        var orders = recent.Value ?? [];
        if ((recent.Fault ?? trades.Fault) is { } fault)
        {
            return new OrderHistory(orders, false, since, askedAt, fault.Kind == FaultKind.NotSupported ? null : fault);
        }

        var known = orders.Select(o => o.ExchangeOrderId).ToHashSet(StringComparer.Ordinal);
        var strangers = trades.Value!.Select(t => t.ExchangeOrderId).Where(id => !known.Contains(id)).Distinct().ToList();
        return strangers.Count > MaxStrangers
            ? new OrderHistory(orders, false, since, askedAt, null)
            : await AskStrangersAsync(exchange, symbol, strangers, new OrderHistory(orders, true, since, askedAt, null), cancellationToken);
    }

    // Trades of orders that are older than the lists: each is asked whose it is, so that none of them hides another for ever.
    private async Task<OrderHistory> AskStrangersAsync(
        IExchange exchange,
        string symbol,
        List<string> strangers,
        OrderHistory lists,
        CancellationToken cancellationToken
    )
    {
        var orders = lists.Orders.ToList();
        foreach (var id in strangers)
        {
            var answer = await calls.CallAsync(
                () => exchange.FindAsync(new OrderName(symbol, "", id), cancellationToken),
                symbol,
                "find a stranger"
            );
            if (answer.Value is not { } other)
            {
                return lists with { Orders = orders, IsComplete = false, Fault = answer.Fault };
            }

            orders.Add(other);
        }

        return lists with
        {
            Orders = orders,
        };
    }
}
