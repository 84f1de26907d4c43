using ExEngine.Core.Webhooks;

namespace ExEngine.Web.Components.Pages.Signals;

/// <summary>
/// The rows that the table holds: a stretch from the newest one down to where the reader has scrolled. While the reader
/// is at the top new rows join at once; otherwise they are counted and wait.
/// </summary>
public sealed class SignalList(SignalQuery signals, Guid userId)
{
    /// <summary>Read at once, and again at every refresh.</summary>
    public const int PageSize = 100;

    /// <summary>Rows kept for one reader; beyond it the filters help more than scrolling.</summary>
    public const int MaxRows = 10_000;

    /// <summary>New rows are counted to here: "999+ new".</summary>
    public const int MaxWaiting = 1000;

    private SignalFilter _filter = new();

    public List<SignalRow> Rows { get; private set; } = [];

    /// <summary>Rows that came while the reader was further down.</summary>
    public int Waiting { get; private set; }

    public bool HasOlder { get; private set; }

    /// <summary>Rows that the last refresh brought, to be highlighted.</summary>
    public IReadOnlySet<Guid> Arrived { get; private set; } = new HashSet<Guid>();

    /// <summary>Starts from the newest row.</summary>
    public async Task LoadAsync(SignalFilter filter, CancellationToken cancellationToken)
    {
        var page = await Task.Run(() => signals.ListAsync(userId, filter, null, PageSize, cancellationToken), cancellationToken);
        Start(filter, page, page.Count == PageSize);
    }

    /// <summary>Starts from rows that were read for the first paint.</summary>
    public void Start(SignalFilter filter, IReadOnlyList<SignalRow> rows, bool hasOlder)
    {
        (_filter, Rows, HasOlder, Waiting) = (filter, [.. rows], hasOlder, 0);
        Arrived = new HashSet<Guid>();
    }

    public async Task LoadOlderAsync(CancellationToken cancellationToken)
    {
        if (!HasOlder || Rows.Count == 0 || Rows.Count >= MaxRows)
        {
            return;
        }

        var last = Rows[^1].Id;
        var page = await Task.Run(() => signals.ListAsync(userId, _filter, last, PageSize * 2, cancellationToken), cancellationToken);

        // A refresh may have started the list anew meanwhile; these rows would leave a gap then.
        if (Rows.Count > 0 && Rows[^1].Id == last)
        {
            Rows = [.. Rows, .. page];
            HasOlder = page.Count == PageSize * 2;
        }
    }

    /// <param name="changed">Rows that are said to have changed.</param>
    /// <returns>Whether anything that is shown is different now.</returns>
    public Task<bool> RefreshAsync(IReadOnlySet<Guid> changed, bool atTop, CancellationToken cancellationToken) =>
        atTop || Rows.Count == 0 ? RefreshTopAsync(changed, cancellationToken) : RefreshBelowAsync(changed, cancellationToken);

    // The newest page is read whole: commits of several instances may surface out of order, and states move on.
    private async Task<bool> RefreshTopAsync(IReadOnlySet<Guid> changed, CancellationToken cancellationToken)
    {
        var news = await ReadAgainAsync(Rows.Skip(PageSize).Where(r => changed.Contains(r.Id)), cancellationToken);
        var top = await Task.Run(() => signals.ListAsync(userId, _filter, null, PageSize, cancellationToken), cancellationToken);
        var known = Rows.Select(r => r.Id).ToHashSet();
        var joins = top.Count == PageSize && known.Contains(top[^1].Id);
        var below = joins ? Rows.SkipWhile(r => r.Id != top[^1].Id).Skip(1) : [];
        HasOlder = joins ? HasOlder || Rows[^1].Id == top[^1].Id : top.Count == PageSize;
        Arrived = Rows.Count == 0 ? new HashSet<Guid>() : top.Select(r => r.Id).Where(id => !known.Contains(id)).ToHashSet();
        return Take([.. top, .. below.Select(r => news.GetValueOrDefault(r.Id, r))], 0);
    }

    private async Task<bool> RefreshBelowAsync(IReadOnlySet<Guid> changed, CancellationToken cancellationToken)
    {
        var newest = Rows[0].Id;
        var waiting = await Task.Run(
            () => signals.CountNewerAsync(userId, _filter, newest, MaxWaiting, cancellationToken), cancellationToken);
        var news = await ReadAgainAsync(Rows.Where(r => changed.Contains(r.Id) || r.CommittedAt is null), cancellationToken);
        Arrived = new HashSet<Guid>();
        return Take([.. Rows.Select(r => news.GetValueOrDefault(r.Id, r))], waiting);
    }

    private async Task<Dictionary<Guid, SignalRow>> ReadAgainAsync(IEnumerable<SignalRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.Id).Take(SignalQuery.MaxRows).ToList();
        return ids.Count == 0
            ? []
            : (await Task.Run(() => signals.AgainAsync(userId, _filter, ids, cancellationToken), cancellationToken)).ToDictionary(r => r.Id);
    }

    private bool Take(List<SignalRow> rows, int waiting)
    {
        var same = waiting == Waiting && rows.SequenceEqual(Rows);
        (Rows, Waiting) = (rows, waiting);
        return !same;
    }
}
