using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using System.Threading.Channels;

namespace ExEngine.Core.Engine;

/// <summary>
/// What is on its way to or from the exchange for one account: at most one call for an order, one sending for a symbol so that
/// orders arrive in the order of their making, and a bounded number in all. Only the account's loop calls it.
/// </summary>
internal sealed class OrderTraffic(Action wake)
{
    private const int MostAtOnce = 16;

    private readonly Channel<OrderNews> _mailbox = Channel.CreateUnbounded<OrderNews>();
    private readonly Dictionary<Guid, string?> _underWay = [];

    public bool IsIdle => _underWay.Count == 0 && Peek() is null;

    public bool MayCall(Order order) => _underWay.Count < MostAtOnce && !IsUnderWay(order);

    public bool IsUnderWay(Order order) => _underWay.ContainsKey(order.Id);

    public bool MaySend(string symbol) => _underWay.Count < MostAtOnce && !_underWay.ContainsValue(symbol);

    public void Send(Order order, Func<Task<OrderNews>> call) => Start(order, order.Symbol, call);

    public void Ask(Order order, Func<Task<OrderNews>> call) => Start(order, null, call);

    /// <summary>The next news, which stays until it is <see cref="Done"/>: a database that is away loses nothing.</summary>
    public OrderNews? Peek() => _mailbox.Reader.TryPeek(out var news) ? news : null;

    /// <summary>The news that was peeked at is written, or given up; its order is free for another call.</summary>
    public void Done()
    {
        if (_mailbox.Reader.TryRead(out var news))
        {
            _underWay.Remove(news.OrderId);
        }
    }

    private void Start(Order order, string? symbol, Func<Task<OrderNews>> call)
    {
        _underWay.Add(order.Id, symbol);
        _ = RunAsync(order, call);
    }

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
