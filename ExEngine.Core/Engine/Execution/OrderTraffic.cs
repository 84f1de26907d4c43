using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using System.Threading.Channels;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// What is on its way to or from the exchange for one account: at most one call for an order, beside a poll; one sending for a symbol
/// so that orders arrive in the order of their making; and a bounded number of each errand. Only the account's loop calls it.
/// </summary>
public sealed class OrderTraffic(Action wake, SymbolReader reader, TimeProvider time)
{
    private readonly Channel<(Errand Errand, OrderNews News)> _mailbox = Channel.CreateUnbounded<(Errand Errand, OrderNews News)>();
    private readonly Dictionary<Guid, (Errand Errand, string Symbol)> _underWay = [];

    // Apart, because a cancel must not wait for a list that takes its time.
    private readonly Dictionary<Guid, string> _polled = [];
    private readonly Dictionary<Guid, DateTime> _nextLooks = [];

    public bool IsIdle => _underWay.Count == 0 && _polled.Count == 0 && Peek() is null;

    /// <summary>The lists that prove orders absent, shared among them.</summary>
    public SymbolReadings Readings { get; } = new(reader, time);

    /// <summary>Another call than a poll is on its way for it.</summary>
    public bool IsUnderWay(Order order) => _underWay.ContainsKey(order.Id);

    public bool IsPolled(Order order) => _polled.ContainsKey(order.Id);

    /// <summary>Those with a call on its way, whose answer may be older than what the exchange tells meanwhile.</summary>
    public IReadOnlySet<string> Symbols => _underWay.Values.Select(c => c.Symbol).Concat(_polled.Values).ToHashSet(StringComparer.Ordinal);

    public bool MaySend(string symbol) => HasRoom(Errand.Send) && !_underWay.Values.Any(c => c.Errand == Errand.Send && c.Symbol == symbol);

    public bool HasRoom(Errand errand) => _underWay.Values.Count(c => c.Errand == errand) < MostAtOnce(errand);

    /// <summary>UTC of the next look at a resting order that was seen unchanged; null when it was not since this owner began.</summary>
    public DateTime? NextLookAt(Order order) => _nextLooks.TryGetValue(order.Id, out var at) ? at : null;

    public void Start(Errand errand, Order order, Func<Task<OrderNews>> call)
    {
        if (errand == Errand.Poll)
        {
            _polled.Add(order.Id, order.Symbol);
        }
        else
        {
            _underWay.Add(order.Id, (errand, order.Symbol));
        }

        _ = RunAsync(errand, order, call);
    }

    /// <summary>The next news, which stays until it is <see cref="Done"/>: a database that is away loses nothing.</summary>
    public OrderNews? Peek()
    {
        while (_mailbox.Reader.TryPeek(out var next))
        {
            if (next.News is not OrderNews.Unchanged unchanged)
            {
                return next.News;
            }

            _nextLooks[unchanged.OrderId] = unchanged.NextLookAt;
            Done();
        }

        return null;
    }

    /// <summary>The news that was peeked at is written, or given up; its order is free for another call.</summary>
    public void Done()
    {
        if (!_mailbox.Reader.TryRead(out var read))
        {
            return;
        }

        if (read.Errand == Errand.Poll)
        {
            _polled.Remove(read.News.OrderId);
        }
        else
        {
            _underWay.Remove(read.News.OrderId);
        }
    }

    /// <summary>Forgets what it remembers of orders that are not to be seen any more.</summary>
    public void Keep(IReadOnlyList<Order> orders)
    {
        Readings.Keep(orders.Select(o => o.Symbol).ToHashSet(StringComparer.Ordinal));
        if (_nextLooks.Count > orders.Count)
        {
            var ids = orders.Select(o => o.Id).ToHashSet();
            foreach (var id in _nextLooks.Keys.Where(id => !ids.Contains(id)).ToList())
            {
                _nextLooks.Remove(id);
            }
        }
    }

    private static int MostAtOnce(Errand errand) => errand switch
    {
        Errand.Send or Errand.Cancel => 16,
        Errand.Settle => 8,
        _ => int.MaxValue, // they share a list
    };

    // Whatever happens, news comes: without, the order would be under way for ever.
    private async Task RunAsync(Errand errand, Order order, Func<Task<OrderNews>> call)
    {
        OrderNews news;
        try
        {
            news = await Task.Run(call);
        }
        catch (Exception e)
        {
            var fault = new ExchangeFault(FaultKind.Ambiguous, "failed", $"The call failed inside the engine: {e.GetType().Name}.");
            news = order.Status == OrderStatus.Submitting
                ? new OrderNews.Sent(order.Id, ExchangeResult.Unknown<ExchangeOrder>(fault), [])
                : new OrderNews.Looked(order.Id, new OrderLook(null, false, default, fault), []);
        }

        _mailbox.Writer.TryWrite((errand, news));
        wake();
    }
}
