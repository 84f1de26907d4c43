namespace ExEngine.Core.Webhooks.Signals;

/// <summary>How a list of signals is sorted, other than newest first; equal ones are newest first. Each has an index.</summary>
public enum SignalSort
{
    Newest,
    Oldest,
    Symbol,
    SymbolDown,

    /// <summary>By the status as it is stored, so that equal ones stand together.</summary>
    Status,
    StatusDown,
}
