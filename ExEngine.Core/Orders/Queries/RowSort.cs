namespace ExEngine.Core.Orders.Queries;

/// <summary>
/// How a list of orders or signals is sorted, other than newest first; equal ones are newest first. Each has an index, but amounts, by
/// which only orders and fills are sorted: SQLite keeps exact decimals as texts, which it can compare for one query and in no index,
/// and each alert would pay for an index. Such a sort reads all rows of its user that fit the filter.
/// </summary>
public enum RowSort
{
    Newest,
    Oldest,
    Symbol,
    SymbolDown,

    /// <summary>By the state as it is stored, so that equal ones stand together.</summary>
    Status,
    StatusDown,
    Quantity,
    QuantityDown,

    /// <summary>By the price that a list shows (<see cref="OrderRow.ShownPrice"/>); orders without one come last, whichever way.</summary>
    Price,
    PriceDown,
}
