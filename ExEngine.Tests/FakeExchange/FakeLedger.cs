namespace ExEngine.Tests.FakeExchange;

/// <summary>The exchange's own record, oldest first: the truth that the engine is held against.</summary>
public sealed record FakeLedger(IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>The id of the last entry, to read on from.</summary>
    public long Last => Entries.Count == 0 ? 0 : Entries[^1].Id;

    public IReadOnlyList<LedgerEntry> Requests => Of(LedgerKind.Request);

    /// <summary>Every request to place an order, whatever became of it.</summary>
    public IReadOnlyList<LedgerEntry> Placings => [.. Requests.Where(r => r.Endpoint == "POST /api/v3/order")];

    /// <summary>Every order that was accepted.</summary>
    public IReadOnlyList<LedgerEntry> Orders => Of(LedgerKind.Order);

    public IReadOnlyList<LedgerEntry> Fills => Of(LedgerKind.Fill);
    public IReadOnlyList<LedgerEntry> Cancels => Of(LedgerKind.Cancel);
    public IReadOnlyList<LedgerEntry> Expiries => Of(LedgerKind.Expiry);

    public FakeLedger OfAccount(string account) => new([.. Entries.Where(e => e.Account == account)]);

    public FakeLedger OfClientOrder(string clientOrderId) => new([.. Entries.Where(e => e.ClientOrderId == clientOrderId)]);

    /// <summary>The base quantity that orders with this client id traded, however many orders there were.</summary>
    public decimal Filled(string clientOrderId) => Fills.Where(f => f.ClientOrderId == clientOrderId).Sum(f => f.Quantity!.Value);

    /// <summary>
    /// What the account must hold of each asset, free and locked together: deposits, and fills less commissions. Assets that
    /// come to 0 are in it.
    /// </summary>
    public Dictionary<string, decimal> Holdings(string account)
    {
        var held = new Dictionary<string, decimal>();
        foreach (var entry in Entries.Where(e => e.Account == account))
        {
            if (entry.Kind == LedgerKind.Deposit)
            {
                Add(entry.Asset!, entry.Quantity!.Value);
            }
            else if (entry.Kind == LedgerKind.Fill)
            {
                var sign = entry.Side == "BUY" ? 1 : -1;
                Add(entry.BaseAsset!, sign * entry.Quantity!.Value);
                Add(entry.QuoteAsset!, -sign * entry.QuoteQuantity!.Value);
                Add(entry.CommissionAsset!, -entry.Commission!.Value);
            }
        }

        return held;

        void Add(string asset, decimal amount) => held[asset] = held.GetValueOrDefault(asset) + amount;
    }

    private List<LedgerEntry> Of(LedgerKind kind) => [.. Entries.Where(e => e.Kind == kind)];
}
