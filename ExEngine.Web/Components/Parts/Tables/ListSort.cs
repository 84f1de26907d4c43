using ExEngine.Core.Orders.Queries;

namespace ExEngine.Web.Components.Parts.Tables;

/// <summary>By which column a list is sorted, as the address says it: <c>symbol</c>, or <c>-symbol</c> for the other way round.</summary>
public sealed record ListSort(string Column, bool Descending)
{
    /// <summary>The column of time, by which every list is sorted unless it says otherwise.</summary>
    public const string Time = "time";

    /// <summary>Newest first, which is what an address without any says.</summary>
    public static readonly ListSort Newest = new(Time, true);

    /// <summary>Null for the order that needs no saying.</summary>
    public string? Address => this == Newest ? null : Text;

    /// <summary>As an address says it.</summary>
    public string Text => (Descending ? "-" : "") + Column;

    /// <summary>By this column with the largest first, or the other way round when it is sorted so.</summary>
    public ListSort By(string column) => new(column, this != new ListSort(column, true));

    /// <summary>Which way it is sorted by a column; null when it is by another.</summary>
    public bool? IsUpBy(string column) => column == Column ? !Descending : null;

    /// <summary>As the database knows it; null for newest first.</summary>
    /// <param name="status">The name of the column that shows the state.</param>
    public RowSort? InDatabase(string status) =>
        Column == "symbol" ? (Descending ? RowSort.SymbolDown : RowSort.Symbol)
        : Column == "quantity" ? (Descending ? RowSort.QuantityDown : RowSort.Quantity)
        : Column == "price" ? (Descending ? RowSort.PriceDown : RowSort.Price)
        : Column == status ? (Descending ? RowSort.StatusDown : RowSort.Status)
        : Descending ? null
        : RowSort.Oldest;

    /// <param name="columns">Those that the list can be sorted by; anything else is newest first.</param>
    public static ListSort Of(string? address, params ReadOnlySpan<string> columns) => Of(address, Newest, columns);

    /// <param name="otherwise">Of a list that is sorted otherwise while the address says nothing it knows.</param>
    public static ListSort Of(string? address, ListSort otherwise, params ReadOnlySpan<string> columns)
    {
        var descending = address?.StartsWith('-') == true;
        var column = descending ? address![1..] : address;
        return column is not null && columns.Contains(column) ? new(column, descending) : otherwise;
    }
}
