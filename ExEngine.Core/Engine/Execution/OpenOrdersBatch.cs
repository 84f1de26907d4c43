using System.Collections.Concurrent;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Lets the resting orders that are due together share one question: those in the exchange's list of open orders are seen by it,
/// and only those that left it are asked for one by one.
/// </summary>
/// <param name="symbols">How many symbols they are in.</param>
public sealed class OpenOrdersBatch(OrderSender executor, IExchange exchange, OrderHistoryCache readings, int symbols, TimeProvider time)
{
    // The list of all symbols costs about as much of an exchange's allowance as this many lists of one (Binance: 80 and 6).
    private const int MaxLists = 13;

    private readonly ConcurrentDictionary<
        string,
        Lazy<Task<(DateTime AskedAt, ExchangeResult<IReadOnlyList<ExchangeOrder>> Answer)>>
    > _lists = new();

    public async Task<ExecutionReport> LookAsync(Order order)
    {
        var (askedAt, answer) = await ListAsync(symbols > MaxLists ? null : order.Symbol);
        if (symbols > MaxLists && answer.Outcome == ExchangeOutcome.Refused)
        {
            // Many exchanges have no list of all symbols.
            (askedAt, answer) = await ListAsync(order.Symbol);
        }

        return answer switch
        {
            { IsDone: false, Outcome: not ExchangeOutcome.Refused } => executor.Unlisted(order, askedAt, answer.Fault),
            { Value: { } list } when list.FirstOrDefault(o => o.ClientId == order.ClientId) is { } listed => await executor.ListedAsync(
                exchange,
                order,
                listed,
                askedAt,
                CancellationToken.None
            ),
            _ => await executor.LookAsync(exchange, order, readings, CancellationToken.None),
        };
    }

    private Task<(DateTime AskedAt, ExchangeResult<IReadOnlyList<ExchangeOrder>> Answer)> ListAsync(string? symbol) =>
        _lists.GetOrAdd(symbol ?? "", _ => new(() => ReadAsync(symbol))).Value;

    private async Task<(DateTime AskedAt, ExchangeResult<IReadOnlyList<ExchangeOrder>> Answer)> ReadAsync(string? symbol)
    {
        var askedAt = time.GetUtcNow().UtcDateTime;
        return (askedAt, await executor.OpenOrdersAsync(exchange, symbol, CancellationToken.None));
    }
}
