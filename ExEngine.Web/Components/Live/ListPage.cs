using Microsoft.AspNetCore.Components;

namespace ExEngine.Web.Components.Live;

/// <summary>A live page around one long list: its filters are in the address, and so is the row that is open in a drawer.</summary>
public abstract class ListPage<TRow, TFilters> : LivePage
    where TRow : class
    where TFilters : class, IEquatable<TFilters>
{
    private const int FirstPaint = 40;

    private bool _atTop = true;
    private int _loads;

    /// <summary>The row whose drawer is open.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>
    /// What the server showed first, so that the circuit starts with it instead of a skeleton. Override it with <c>[PersistentState]</c>.
    /// </summary>
    public abstract TRow[]? First { get; set; }

    /// <summary>Null until the first read, and while other filters are read.</summary>
    protected LiveRows<TRow>? List { get; private set; }

    protected TFilters Filters { get; private set; } = default!;

    /// <summary>Goes up when the open row may have changed.</summary>
    protected int Version { get; private set; }

    protected abstract TFilters AddressedFilters { get; }

    /// <summary>Whether both are the same rows, in another order.</summary>
    protected abstract bool ShowsTheSame(TFilters before, TFilters now);

    protected abstract RowReads<TRow> ReadsOf(TFilters filters);

    /// <summary>Reads what stands around the list, such as the choices of a filter.</summary>
    /// <returns>Whether it changed.</returns>
    protected abstract Task<bool> ReadAroundAsync();

    protected override Task OnInitializedAsync()
    {
        Filters = AddressedFilters;
        return base.OnInitializedAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var filters = AddressedFilters;
        if (!filters.Equals(Filters))
        {
            var isSorted = ShowsTheSame(Filters, filters);
            Filters = filters;
            if (_loads > 0)
            {
                // Rows that are only sorted otherwise stay until the others are there: nothing flickers, and the focus stays in the head.
                (List, _atTop) = (isSorted ? List : null, true);
                await RetryAsync();
                List = RefreshFailed ? null : List;
            }
        }

        // The drawer goes on to rows that are not read yet.
        if (Beside(0) is not null && Beside(5) is null)
        {
            await LoadOlderAsync();
        }
    }

    protected override async Task LoadAsync()
    {
        var load = ++_loads;
        var list = new LiveRows<TRow>(ReadsOf(Filters = AddressedFilters));
        if (First is { Length: > 0 } rows)
        {
            First = null;
            list.Start(rows, hasOlder: false);
            List = list;
            RequestRefresh();
            return;
        }

        await ReadAroundAsync();
        await list.LoadAsync(Ended);

        // The filters may have changed meanwhile: then a newer load is under way, and these are not the rows asked for.
        if (load == _loads)
        {
            List = list;
            First = RendererInfo.IsInteractive ? null : [.. list.Rows.Take(FirstPaint)];
        }
    }

    protected override async Task<bool> RefreshAsync(IReadOnlySet<Guid> changed)
    {
        if (List is not { } list)
        {
            await LoadAsync();
            return true;
        }

        var different = await ReadAroundAsync();
        if (Id is { } open && Concerns(open, changed))
        {
            Version++;
            different = true;
        }

        return await list.RefreshAsync(changed, _atTop, Ended) || different;
    }

    /// <summary>Whether the row in the drawer may have changed.</summary>
    protected virtual bool Concerns(Guid open, IReadOnlySet<Guid> changed) => changed.Contains(open) || changed.Contains(Guid.Empty);

    protected void SetAtTop(bool atTop)
    {
        _atTop = atTop;
        if (atTop && List is { Waiting: > 0 })
        {
            RequestRefresh();
        }
    }

    /// <summary>The row so many places below the open one, or above it when negative; null where there is none.</summary>
    protected Guid? Beside(int places)
    {
        var rows = List?.Rows ?? [];
        var at = Id is { } open ? rows.FindIndex(r => List!.IdOf(r) == open) : -1;
        return at >= 0 && at + places >= 0 && at + places < rows.Count ? List!.IdOf(rows[at + places]) : null;
    }

    protected async Task LoadOlderAsync()
    {
        if (List is { } list)
        {
            await list.LoadOlderAsync(Ended);
        }
    }
}
