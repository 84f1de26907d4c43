namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// The open paper orders of one symbol in memory, to know without the database which of them a price touches. Not
/// thread-safe.
/// </summary>
internal sealed class RestingOrders(IDisposable watch) : IDisposable
{
    private readonly Dictionary<(Guid Account, long Number), Resting> _orders = [];

    public bool IsEmpty => _orders.Count == 0;

    /// <summary>UTC; the orders have met every price up to this instant.</summary>
    public DateTime MetUntil => _orders.Values.Min(o => o.MetUntil);

    /// <summary>One that was just stored, or is known already.</summary>
    public void Add(PaperOrder order)
    {
        if (!_orders.TryGetValue((order.AccountId, order.Number), out var known) || known.Order != order)
        {
            _orders[(order.AccountId, order.Number)] = new Resting(order);
        }
    }

    /// <summary>All orders of the symbol as the database has them; what those in memory have met stays met.</summary>
    public void Replace(IReadOnlyList<PaperOrder> open)
    {
        var numbers = open.Select(o => (o.AccountId, o.Number)).ToHashSet();
        foreach (var gone in _orders.Keys.Where(k => !numbers.Contains(k)).ToList())
        {
            _orders.Remove(gone);
        }

        foreach (var order in open)
        {
            Add(order);
        }
    }

    /// <summary>The orders of one account as the database has them.</summary>
    public void Replace(Guid accountId, IReadOnlyList<PaperOrder> open) =>
        Replace([.. _orders.Values.Select(r => r.Order).Where(o => o.AccountId != accountId), .. open]);

    /// <summary>Accounts with an order that one of these prices touches.</summary>
    public IReadOnlyList<Guid> Touched(IReadOnlyList<PaperTick> path) =>
        [
            .. _orders
                .Values.Where(r => path.Any(t => t.At > r.MetUntil && PaperMatchingEngine.Touches(r.Order, t.Quote, t.At)))
                .Select(r => r.Order.AccountId)
                .Distinct(),
        ];

    /// <summary>All of them, but for those of the accounts named, have met the prices up to this instant.</summary>
    public void Meet(DateTime until, HashSet<Guid> except)
    {
        foreach (var resting in _orders.Values.Where(r => r.MetUntil < until && !except.Contains(r.Order.AccountId)))
        {
            resting.MetUntil = until;
        }
    }

    public void Dispose() => watch.Dispose();

    private sealed class Resting(PaperOrder order)
    {
        public PaperOrder Order => order;
        public DateTime MetUntil { get; set; } = order.MetUntil;
    }
}
