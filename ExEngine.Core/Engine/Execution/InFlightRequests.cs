using System.Threading.Channels;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// What is on its way to or from the exchange for one account: at most one call for an order, beside a poll; one sending for a symbol
/// so that orders arrive in the order of their making; and a bounded number of each kind. Only the account's loop calls it.
/// </summary>
/// <param name="wake">Something came that is to be written.</param>
/// <param name="wakeUnchanged">A round of polls is over, and nothing of it is to be written.</param>
public sealed class InFlightRequests(Action wake, Action wakeUnchanged, OrderHistoryReader reader, TimeProvider time)
{
    private readonly Channel<(ExchangeRequestKind Kind, ExecutionReport Report)> _mailbox = Channel.CreateUnbounded<(
        ExchangeRequestKind Kind,
        ExecutionReport Report
    )>();
    private readonly Dictionary<Guid, (ExchangeRequestKind Kind, string Symbol)> _underWay = [];

    // Apart, because a cancel must not wait for a list that takes its time.
    private readonly Dictionary<Guid, string> _polled = [];
    private readonly Dictionary<Guid, DateTime> _nextLooks = [];
    private int _polls;

    public bool IsIdle => _underWay.Count == 0 && _polled.Count == 0 && Peek() is null;

    /// <summary>The lists that prove orders absent, shared among them.</summary>
    public OrderHistoryCache Readings { get; } = new(reader, time);

    /// <summary>Another call than a poll is on its way for it.</summary>
    public bool IsUnderWay(Order order) => _underWay.ContainsKey(order.Id);

    public bool IsPolled(Order order) => _polled.ContainsKey(order.Id);

    /// <summary>Those with a call on its way, whose answer may be older than what the exchange tells meanwhile.</summary>
    public IReadOnlySet<string> Symbols => _underWay.Values.Select(c => c.Symbol).Concat(_polled.Values).ToHashSet(StringComparer.Ordinal);

    public bool MaySend(string symbol) =>
        HasRoom(ExchangeRequestKind.Send) && !_underWay.Values.Any(c => c.Kind == ExchangeRequestKind.Send && c.Symbol == symbol);

    public bool HasRoom(ExchangeRequestKind kind) => _underWay.Values.Count(c => c.Kind == kind) < MaxAtOnce(kind);

    /// <summary>UTC of the next look at a resting order that was seen unchanged; null when it was not since this owner began.</summary>
    public DateTime? NextLookAt(Order order) => _nextLooks.TryGetValue(order.Id, out var at) ? at : null;

    public void Start(ExchangeRequestKind kind, Order order, Func<Task<ExecutionReport>> call)
    {
        if (kind == ExchangeRequestKind.Poll)
        {
            _polled.Add(order.Id, order.Symbol);
            Interlocked.Increment(ref _polls);
        }
        else
        {
            _underWay.Add(order.Id, (kind, order.Symbol));
        }

        _ = RunAsync(kind, order, call);
    }

    /// <summary>The next report, which stays until it is <see cref="Done"/>: a database that is away loses nothing.</summary>
    public ExecutionReport? Peek()
    {
        while (_mailbox.Reader.TryPeek(out var next))
        {
            if (next.Report is not ExecutionReport.Unchanged unchanged)
            {
                return next.Report;
            }

            _nextLooks[unchanged.OrderId] = unchanged.NextLookAt;
            Done();
        }

        return null;
    }

    /// <summary>The report that was peeked at is written, or given up; its order is free for another call.</summary>
    public void Done()
    {
        if (!_mailbox.Reader.TryRead(out var read))
        {
            return;
        }

        if (read.Kind == ExchangeRequestKind.Poll)
        {
            _polled.Remove(read.Report.OrderId);
        }
        else
        {
            _underWay.Remove(read.Report.OrderId);
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

    private static int MaxAtOnce(ExchangeRequestKind kind) =>
        kind switch
        {
            ExchangeRequestKind.Send or ExchangeRequestKind.Cancel => 16,
            ExchangeRequestKind.Settle => 8,
            _ => int.MaxValue, // they share a list
        };

    // A report is posted in every case; without one the order would count as in flight for ever.
    private async Task RunAsync(ExchangeRequestKind kind, Order order, Func<Task<ExecutionReport>> call)
    {
        ExecutionReport report;
        try
        {
            report = await Task.Run(call);
        }
        catch (Exception e)
        {
            var fault = new ExchangeFault(
                FaultKind.Ambiguous,
                FaultCodes.Failed,
                $"The call failed inside the engine: {e.GetType().Name}."
            );
            report =
                order.Status == OrderStatus.Submitting
                    ? new ExecutionReport.Sent(order.Id, ExchangeResult.Unknown<ExchangeOrder>(fault), [])
                    : new ExecutionReport.Looked(order.Id, new OrderQueryResult(null, false, default, fault), []);
        }

        _mailbox.Writer.TryWrite((kind, report));
        var isLastPoll = kind == ExchangeRequestKind.Poll && Interlocked.Decrement(ref _polls) == 0;
        if (report is not ExecutionReport.Unchanged)
        {
            wake();
        }
        else if (isLastPoll)
        {
            wakeUnchanged();
        }
    }
}
