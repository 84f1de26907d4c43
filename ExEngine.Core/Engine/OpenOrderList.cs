using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using System.Collections.Concurrent;

namespace ExEngine.Core.Engine;

/// <summary>
/// Lets the resting orders of a symbol that are due together share one question: those in the exchange's list of open orders are
/// seen by it, and only those that left it are asked for one by one.
/// </summary>
internal sealed class OpenOrderList
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>>>> _bySymbol = new();

    public async Task<OrderNews> LookAsync(OrderExecutor executor, IExchange exchange, Order order)
    {
        var list = await _bySymbol.GetOrAdd(
            order.Symbol, _ => new(() => executor.OpenOrdersAsync(exchange, order, CancellationToken.None))).Value;
        return list.Value?.FirstOrDefault(o => o.ClientId == order.ClientId) is { } listed
            ? await executor.ListedAsync(exchange, order, listed, CancellationToken.None)
            : await executor.LookAsync(exchange, order, CancellationToken.None);
    }
}
