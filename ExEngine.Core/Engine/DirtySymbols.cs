namespace ExEngine.Core.Engine;

/// <summary>
/// Symbols in which the exchange's stream says that something happened, collected until the loop takes them. Safe for several threads.
/// </summary>
internal sealed class DirtySymbols
{
    /// <summary>Something happened somewhere.</summary>
    public const string Anywhere = "";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _symbols = new(StringComparer.Ordinal);

    public void Add(params IEnumerable<string> symbols)
    {
        lock (_gate)
        {
            _symbols.UnionWith(symbols);
        }
    }

    /// <param name="busy">Marks of these are kept: the answer that is on its way may be older than they are.</param>
    public IReadOnlySet<string> Take(IReadOnlySet<string> busy)
    {
        lock (_gate)
        {
            var taken = _symbols.Where(s => !busy.Contains(s)).ToHashSet(StringComparer.Ordinal);
            _symbols.ExceptWith(taken);
            return taken;
        }
    }

    public static bool Has(IReadOnlySet<string> taken, string symbol) => taken.Contains(symbol) || taken.Contains(Anywhere);
}
