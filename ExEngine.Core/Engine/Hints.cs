namespace ExEngine.Core.Engine;

/// <summary>Symbols in which the exchange's stream says that something happened, collected until the loop takes them. Safe for several threads.</summary>
internal sealed class Hints
{
    /// <summary>Something happened somewhere.</summary>
    public const string Anywhere = "";

    private readonly Lock _gate = new();
    private HashSet<string> _symbols = new(StringComparer.Ordinal);

    public void Add(string symbol)
    {
        lock (_gate)
        {
            _symbols.Add(symbol);
        }
    }

    public IReadOnlySet<string> Take()
    {
        lock (_gate)
        {
            var taken = _symbols;
            _symbols = new HashSet<string>(StringComparer.Ordinal);
            return taken;
        }
    }

    public static bool Has(IReadOnlySet<string> taken, string symbol) => taken.Contains(symbol) || taken.Contains(Anywhere);
}
