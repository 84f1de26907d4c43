using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using System.Threading.Channels;

namespace ExEngine.Core.Engine;

/// <summary>
/// What is on its way to or from the exchange for one account: at most one call for an order, one sending for a symbol so that
/// orders arrive in the order of their making, and a bounded number of each errand. Only the account's loop calls it.
/// </summary>
public sealed class OrderTraffic(Action wake, SymbolReader reader, TimeProvider time)
{
    private readonly Channel<OrderNews> _mailbox = Channel.CreateUnbounded<OrderNews>();
    private readonly Dictionary<Guid, (Errand Errand, string Symbol)> _underWay = [];
    private readonly Dictionary<Guid, DateTime> _restingAt = [];

    public bool IsIdle => _underWay.Count == 0 && Peek() is null;

    /// <summary>The lists that prove orders absent, shared among them.</summary>
    public SymbolReadings Readings { get; } = new(reader, time);

    public bool IsUnderWay(Order order) => _underWay.ContainsKey(order.Id);

    public bool MaySend(string symbol) => HasRoom(Errand.Send) && !_underWay.Values.Any(c => c.Errand == Errand.Send && c.Symbol == symbol);

    public bool HasRoom(Errand errand) => _underWay.Values.Count(c => c.Errand == errand) < MostAtOnce(errand);

    /// <summary>UTC instant at which a resting order was last seen unchanged; null when it was not since this owner began.</summary>
    public DateTime? RestingAt(Order order) => _restingAt.TryGetValue(order.Id, out var at) ? at : null;

    public void Start(Errand errand, Order order, Func<Task<OrderNews>> call)
    {
        _underWay.Add(order.Id, (errand, order.Symbol));
        _ = RunAsync(order, call);
    }

    /// <summary>The next news, which stays until it is <see cref="Done"/>: a database that is away loses nothing.</summary>
    public OrderNews? Peek()
    {
        while (_mailbox.Reader.TryPeek(out var news))
        {
            if (news is not OrderNews.Unchanged unchanged)
            {
                return news;
            }

            _restingAt[news.OrderId] = unchanged.AskedAt;
            Done();
        }

        return null;
    }

    /// <summary>The news that was peeked at is written, or given up; its order is free for another call.</summary>
    public void Done()
    {
        if (_mailbox.Reader.TryRead(out var news))
        {
            _underWay.Remove(news.OrderId);
        }
    }

    /// <summary>Forgets what it remembers of orders that are not to be seen any more.</summary>
    public void Keep(IReadOnlyList<Order> orders)
    {
        Readings.Keep(orders.Select(o => o.Symbol).ToHashSet(StringComparer.Ordinal));
        if (_restingAt.Count > orders.Count)
        {
            var ids = orders.Select(o => o.Id).ToHashSet();
            foreach (var id in _restingAt.Keys.Where(id => !ids.Contains(id)).ToList())
            {
                _restingAt.Remove(id);
            }
        }
    }

    private static int MostAtOnce(Errand errand) => errand switch
    {
        Errand.Send or Errand.Cancel => 16,
        Errand.Settle => 8,
        _ => 1_000, // they share a list
    };

    // Whatever happens, news comes: without, the order would be under way for ever.
    private async Task RunAsync(Order order, Func<Task<OrderNews>> call)
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

        _mailbox.Writer.TryWrite(news);
        wake();
    }
}
