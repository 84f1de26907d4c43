namespace ExEngine.Core.Orders.Queries;

/// <summary>
/// A row as a list that is sorted by an amount needs it. What has no amount comes last, whichever way, on both databases; equal ones are
/// newest first. Nothing asks whether amounts are equal: SQLite compares values for more and less only, and texts otherwise.
/// </summary>
internal sealed record AmountKey
{
    public required Guid Id { get; init; }
    public required decimal? Amount { get; init; }

    /// <param name="after">The last row that is known, as it was read; null from the first on.</param>
    public static IQueryable<AmountKey> Sort(IQueryable<AmountKey> rows, bool descending, AmountKey? after)
    {
        var rest = after is null ? rows : After(rows, descending, after);
        var known = rest.OrderBy(r => r.Amount == null);
        var sorted = descending ? known.ThenByDescending(r => r.Amount) : known.ThenBy(r => r.Amount);
        return sorted.ThenByDescending(r => r.Id);
    }

    private static IQueryable<AmountKey> After(IQueryable<AmountKey> rows, bool descending, AmountKey after)
    {
        var id = after.Id;
        if (after.Amount is not { } amount)
        {
            return rows.Where(r => r.Amount == null && r.Id.CompareTo(id) < 0);
        }

        return descending
            ? rows.Where(r => r.Amount == null || r.Amount < amount || (r.Amount <= amount && r.Id.CompareTo(id) < 0))
            : rows.Where(r => r.Amount == null || r.Amount > amount || (r.Amount >= amount && r.Id.CompareTo(id) < 0));
    }
}
