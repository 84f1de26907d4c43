namespace ExEngine.Core.Orders.Queries;

/// <summary>How a list of orders is sorted, other than newest first; equal ones are newest first. Each has an index.</summary>
public enum OrderSort
{
    Newest,
    Oldest,
    Symbol,
    SymbolDown,

    /// <summary>By the state as it is stored, so that equal ones stand together.</summary>
    Status,
    StatusDown,
}
