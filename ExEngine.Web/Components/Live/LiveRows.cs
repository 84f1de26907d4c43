namespace ExEngine.Web.Components.Live;

/// <summary>
/// The rows that a table holds: a stretch from the first one down to where the reader has scrolled. While the reader
/// is at the top new rows join at once; otherwise they are counted and wait.
/// </summary>
public sealed class LiveRows<TRow>(RowReads<TRow> reads)
    where TRow : class
{
    /// <summary>Read at once, and again at every refresh.</summary>
    public const int PageSize = 100;

    /// <summary>Rows that one look may bring.</summary>
    public const int MaxRead = 500;

    /// <summary>Rows kept for one reader; beyond it the filters help more than scrolling.</summary>
    public const int MaxRows = 10_000;

    /// <summary>New rows are counted to here: "999+ new".</summary>
    public const int MaxWaiting = 1000;

    private Guid? _newest;

    public List<TRow> Rows { get; private set; } = [];

    /// <summary>Rows that came while the reader was further down.</summary>
    public int Waiting { get; private set; }

    public bool HasOlder { get; private set; }

    /// <summary>Rows that the last refresh brought, to be highlighted.</summary>
    public IReadOnlySet<Guid> Arrived { get; private set; } = new HashSet<Guid>();

    public Guid IdOf(TRow row) => reads.Id(row);

    /// <summary>Starts from the first row.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (page, newest) = await Task.Run(() => TopAsync(cancellationToken), cancellationToken);
        Start(page, page.Count == PageSize);
        _newest = newest;
    }

    /// <summary>Starts from rows that were read for the first paint.</summary>
    public void Start(IReadOnlyList<TRow> rows, bool hasOlder)
    {
        (Rows, HasOlder, Waiting, _newest) = ([.. rows], hasOlder, 0, rows.Count > 0 ? rows.Max(IdOf) : null);
        Arrived = new HashSet<Guid>();
    }

    public async Task LoadOlderAsync(CancellationToken cancellationToken)
    {
        if (!HasOlder || Rows.Count == 0 || Rows.Count >= MaxRows)
        {
            return;
        }

        var (end, count) = (Rows[^1], Rows.Count);
        var last = IdOf(end);
        var page = await Task.Run(
            () => reads.Sorted?.Invoke(end, count, PageSize * 2, cancellationToken) ?? reads.Older(last, PageSize * 2, cancellationToken),
            cancellationToken
        );

        // A refresh may have started the list anew meanwhile; these rows would leave a gap then.
        if (Rows.Count > 0 && IdOf(Rows[^1]) == last)
        {
            // New rows push sorted ones down, into the next page too.
            var known = reads.Sorted is null ? [] : Rows.Select(IdOf).ToHashSet();
            Rows = [.. Rows, .. page.Where(r => !known.Contains(IdOf(r)))];
            HasOlder = page.Count == PageSize * 2;
        }
    }

    /// <param name="changed">Rows that are said to have changed.</param>
    /// <returns>Whether anything that is shown is different now.</returns>
    public Task<bool> RefreshAsync(IReadOnlySet<Guid> changed, bool atTop, CancellationToken cancellationToken) =>
        !atTop && Rows.Count > 0 ? RefreshBelowAsync(changed, cancellationToken)
        : reads.Sorted is null ? RefreshTopAsync(changed, cancellationToken)
        : RefreshSortedTopAsync(cancellationToken);

    // The newest page is read whole: commits of several instances may surface out of order, and states move on.
    private async Task<bool> RefreshTopAsync(IReadOnlySet<Guid> changed, CancellationToken cancellationToken)
    {
        var news = await ReadAgainAsync(Rows.Skip(PageSize).Where(r => changed.Contains(IdOf(r))), cancellationToken);
        var top = await Task.Run(() => reads.Older(null, PageSize, cancellationToken), cancellationToken);
        var known = Rows.Select(IdOf).ToHashSet();
        var joins = top.Count == PageSize && known.Contains(IdOf(top[^1]));
        var below = joins ? Rows.SkipWhile(r => IdOf(r) != IdOf(top[^1])).Skip(1) : [];
        HasOlder = joins ? HasOlder || IdOf(Rows[^1]) == IdOf(top[^1]) : top.Count == PageSize;
        Arrived = Rows.Count == 0 ? new HashSet<Guid>() : top.Select(IdOf).Where(id => !known.Contains(id)).ToHashSet();
        return Take([.. top, .. below.Select(r => news.GetValueOrDefault(IdOf(r), r))], 0);
    }

    // A row that moved on may stand elsewhere now; what is below is read anew when the reader goes there.
    private async Task<bool> RefreshSortedTopAsync(CancellationToken cancellationToken)
    {
        var (top, newest) = await Task.Run(() => TopAsync(cancellationToken), cancellationToken);
        var known = Rows.Select(IdOf).ToHashSet();
        HasOlder = top.Count == PageSize;
        Arrived = known.Count == 0 ? new HashSet<Guid>() : top.Select(IdOf).Where(id => id.CompareTo(_newest ?? id) > 0).ToHashSet();
        var different = Take([.. top], 0);
        _newest = newest;
        return different;
    }

    private async Task<(IReadOnlyList<TRow> Rows, Guid? Newest)> TopAsync(CancellationToken cancellationToken)
    {
        if (reads.Sorted is not { } sorted)
        {
            var page = await reads.Older(null, PageSize, cancellationToken);
            return (page, page.Count > 0 ? IdOf(page[0]) : null);
        }

        // Before the rows: one that comes in between is counted as new, which is better than never.
        var newest = await reads.Older(null, 1, cancellationToken);
        return (await sorted(null, 0, PageSize, cancellationToken), newest.Count > 0 ? IdOf(newest[0]) : null);
    }

    private async Task<bool> RefreshBelowAsync(IReadOnlySet<Guid> changed, CancellationToken cancellationToken)
    {
        var newest = reads.Sorted is null ? IdOf(Rows[0]) : _newest ?? IdOf(Rows[0]);
        var waiting = await Task.Run(() => reads.CountNewer(newest, MaxWaiting, cancellationToken), cancellationToken);
        var news = await ReadAgainAsync(Rows.Where(r => changed.Contains(IdOf(r)) || reads.Unfinished(r)), cancellationToken);
        Arrived = new HashSet<Guid>();
        return Take([.. Rows.Select(r => news.GetValueOrDefault(IdOf(r), r))], waiting);
    }

    private async Task<Dictionary<Guid, TRow>> ReadAgainAsync(IEnumerable<TRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(IdOf).Take(MaxRead).ToList();
        return ids.Count == 0 ? [] : (await Task.Run(() => reads.Again(ids, cancellationToken), cancellationToken)).ToDictionary(IdOf);
    }

    private bool Take(List<TRow> rows, int waiting)
    {
        var same = waiting == Waiting && rows.SequenceEqual(Rows);
        (Rows, Waiting) = (rows, waiting);
        return !same;
    }
}
