using System.Collections.Concurrent;
using System.Collections.Frozen;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Lets the resting orders that are due together share one question: those in the exchange's list of open orders are seen by it,
/// and only those that left it are asked for one by one. An exchange that lists no more than a page would have all others asked for: at
/// most <see cref="MaxLooks"/> of a list are, those first that wait longest.
/// </summary>
public sealed class OpenOrdersBatch
{
    // The list of all symbols costs about as much of an exchange's allowance as this many lists of one (Binance: 80 and 6).
    private const int MaxLists = 13;
    private const int MaxLooks = 16;

    private readonly OrderSender _sender;
    private readonly IExchange _exchange;
    private readonly OrderHistoryCache _readings;
    private readonly IReadOnlyList<Order> _orders;
    private readonly TimeSpan _poll;
    private readonly TimeProvider _time;
    private readonly bool _isWhole;
    private readonly ConcurrentDictionary<string, Lazy<Task<Listing>>> _lists = new();

    /// <param name="orders">All that will be looked at with it.</param>
    /// <param name="poll">After this, those that were left out are asked about again.</param>
    public OpenOrdersBatch(
        OrderSender sender,
        IExchange exchange,
        OrderHistoryCache readings,
        IReadOnlyList<Order> orders,
        TimeSpan poll,
        TimeProvider time
    )
    {
        (_sender, _exchange, _readings, _poll, _time) = (sender, exchange, readings, poll, time);
        _orders = [.. orders.OrderBy(o => o.NextLookAt ?? DateTime.MinValue)];
        _isWhole = orders.Select(o => o.Symbol).Distinct().Count() > MaxLists;
    }

    public async Task<ExecutionReport> LookAsync(Order order)
    {
        var list = await ListAsync(_isWhole ? null : order.Symbol);
        if (_isWhole && list.Answer.Outcome == ExchangeOutcome.Refused)
        {
            // Many exchanges have no list of all symbols.
            list = await ListAsync(order.Symbol);
        }

        return list switch
        {
            { Answer: { IsDone: false, Outcome: not ExchangeOutcome.Refused } answer } => _sender.Unlisted(
                order,
                list.AskedAt,
                answer.Fault
            ),
            _ when list.Open.TryGetValue(order.ClientId, out var listed) => await _sender.ListedAsync(
                _exchange,
                order,
                listed,
                list.AskedAt,
                CancellationToken.None
            ),
            _ when list.Missing.Contains(order.Id) => await _sender.LookAsync(_exchange, order, _readings, CancellationToken.None),
            _ => new ExecutionReport.Unchanged(order.Id, list.AskedAt + _poll),
        };
    }

    private Task<Listing> ListAsync(string? symbol) => _lists.GetOrAdd(symbol ?? "", _ => new(() => ReadAsync(symbol))).Value;

    private async Task<Listing> ReadAsync(string? symbol)
    {
        var askedAt = _time.GetUtcNow().UtcDateTime;
        var answer = await _sender.OpenOrdersAsync(_exchange, symbol, CancellationToken.None);
        var open = (answer.Value ?? [])
            .Where(o => o.ClientId is not null)
            .DistinctBy(o => o.ClientId)
            .ToFrozenDictionary(o => o.ClientId!, StringComparer.Ordinal);
        var missing = _orders
            .Where(o => (symbol is null || o.Symbol == symbol) && !open.ContainsKey(o.ClientId))
            .Select(o => o.Id)
            .Take(MaxLooks)
            .ToHashSet();
        return new Listing(askedAt, answer, open, missing);
    }

    /// <param name="Open">By client id.</param>
    /// <param name="Missing">Orders that are not in it and are asked for by themselves.</param>
    private sealed record Listing(
        DateTime AskedAt,
        ExchangeResult<IReadOnlyList<ExchangeOrder>> Answer,
        FrozenDictionary<string, ExchangeOrder> Open,
        HashSet<Guid> Missing
    );
}
