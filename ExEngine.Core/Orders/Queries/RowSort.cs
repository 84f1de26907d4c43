namespace ExEngine.Core.Orders.Queries;

/// <summary>
/// How a list of orders or signals is sorted, other than newest first; equal ones are newest first. Each has an index. Amounts have none:
/// SQLite keeps exact decimals as texts, which it can compare for one query and in no index.
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
}
