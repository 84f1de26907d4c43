namespace ExEngine.Web.Components.Live;

/// <summary>
/// How a <see cref="LiveRows{TRow}"/> reads: always rows of one user and one filter, newest first by sequential id unless they are sorted.
/// </summary>
public sealed record RowReads<TRow>
    where TRow : class
{
    public required Func<TRow, Guid> Id { get; init; }

    /// <summary>So many rows older than the id, or the newest ones of all when it is null.</summary>
    public required Func<Guid?, int, CancellationToken, Task<IReadOnlyList<TRow>>> Older { get; init; }

    /// <summary>
    /// For another order, as the database sorts: rows after the last one that is known (null from the first), how many are known, and
    /// how many are wanted. Null for newest first.
    /// </summary>
    public Func<TRow?, int, int, CancellationToken, Task<IReadOnlyList<TRow>>>? Sorted { get; init; }

    /// <summary>The current state of these rows, in any order; one that is left out stays as it was.</summary>
    public required Func<IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlyList<TRow>>> Again { get; init; }

    /// <summary>How many rows are newer than the id, counted to at most so many.</summary>
    public required Func<Guid, int, CancellationToken, Task<int>> CountNewer { get; init; }

    /// <summary>Rows that are read again at each refresh though no event named them.</summary>
    public Func<TRow, bool> Unfinished { get; init; } = _ => false;
}
