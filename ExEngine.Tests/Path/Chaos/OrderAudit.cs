using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>Holds the rows of orders, and the signals that they come from, against the exchange's ledger.</summary>
/// <param name="Signals">How many signals were to have exactly one order.</param>
/// <param name="Lost">Signals without an order at the exchange.</param>
/// <param name="Duplicated">Signals with more than one.</param>
/// <param name="Wrong">A sentence for each thing that is not as it must be, lost and duplicated ones included.</param>
internal sealed record OrderAudit(int Signals, int Lost, int Duplicated, IReadOnlyList<string> Wrong)
{
    // A leg is sent again under the next generation once it is proven absent; nothing here comes near so many.
    private const int MaxGenerations = 40;

    /// <param name="signals">Each is to have placed one order as its leg <c>enter</c>.</param>
    /// <param name="orders">Every row of the accounts in the ledger.</param>
    public static OrderAudit Of(IReadOnlyCollection<Guid> signals, IReadOnlyList<Order> orders, FakeLedger ledger)
    {
        var wrong = new List<string>();
        var accepted = ledger.Orders.ToLookup(o => o.ClientOrderId!);
        var (lost, duplicated) = (0, 0);
        foreach (var signal in signals)
        {
            var count = Enumerable
                .Range(0, MaxGenerations)
                .Sum(g => accepted[ClientOrderId.Of(OrderOrigin.Signal, signal, "enter", g)].Count());
            (lost, duplicated) = (lost + (count == 0 ? 1 : 0), duplicated + (count > 1 ? 1 : 0));
            if (count != 1)
            {
                var rows = orders.Where(o => o.OriginId == signal).Select(o => $"{o.Leg}/{o.Generation} {o.Status} {o.Code} {o.Reason}");
                wrong.Add($"Signal {signal} has {count} orders at the exchange; its rows: {string.Join(", ", rows)}.");
            }
        }

        wrong.AddRange(Rows(orders, ledger, accepted));
        wrong.AddRange(SentAgain(ledger));
        return new OrderAudit(signals.Count, lost, duplicated, wrong);
    }

    // Every row says what the ledger says, and no order is at the exchange without a row.
    private static IEnumerable<string> Rows(IReadOnlyList<Order> orders, FakeLedger ledger, ILookup<string, LedgerEntry> accepted)
    {
        var known = orders.Select(o => o.ClientId).ToHashSet();
        var filled = ledger.Fills.GroupBy(f => f.ClientOrderId!).ToDictionary(g => g.Key, g => g.Sum(f => f.Quantity!.Value));
        foreach (var order in orders)
        {
            var isThere = accepted.Contains(order.ClientId);
            if (isThere && order.Status is OrderStatus.Rejected or OrderStatus.NotPlaced or OrderStatus.Denied or OrderStatus.Planned)
            {
                yield return $"Order {order.ClientId} is called {order.Status} and is at the exchange.";
            }

            if (!isThere && (order.Status.IsResting() || order.FilledQuantity > 0))
            {
                yield return $"Order {order.ClientId} is called {order.Status} and is not at the exchange.";
            }

            if (order.BookedQuantity != filled.GetValueOrDefault(order.ClientId))
            {
                yield return $"Order {order.ClientId} has {order.BookedQuantity} filled; the ledger has {filled.GetValueOrDefault(order.ClientId)}.";
            }
        }

        foreach (var foreign in accepted.Where(a => !known.Contains(a.Key)))
        {
            yield return $"Order {foreign.Key} is at the exchange and has no row.";
        }
    }

    // Binance refuses a used id only while its order is open: an id that was accepted must never be sent once more.
    private static IEnumerable<string> SentAgain(FakeLedger ledger) =>
        from placings in ledger.Placings.GroupBy(p => p.ClientOrderId)
        let first = placings.FirstOrDefault(p => p.Executed == true)
        where first is not null && placings.Any(p => p.Id > first.Id)
        select $"Order {placings.Key} was sent again after the exchange had it.";
}
