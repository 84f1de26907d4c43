namespace ExEngine.Core.Risk;

/// <summary>What a calculation in the reporting currency could not find in memory.</summary>
public sealed class MissingRates
{
    private readonly HashSet<(string Exchange, string Symbol)> _symbols = [];
    private readonly HashSet<(string Exchange, string Asset)> _assets = [];
    private readonly HashSet<(string Exchange, string Asset)> _impossible = [];

    /// <summary>Prices that are unknown or too old.</summary>
    public IReadOnlyCollection<(string Exchange, string Symbol)> Symbols => _symbols;

    /// <summary>Assets of exchanges whose markets are not known yet, so that nobody can say which price is wanted.</summary>
    public IReadOnlyCollection<(string Exchange, string Asset)> Assets => _assets;

    /// <summary>Assets that no market of the exchange leads from to the currency: asking does not help.</summary>
    public IReadOnlyCollection<(string Exchange, string Asset)> Impossible => _impossible;

    public bool IsEmpty => _symbols.Count == 0 && _assets.Count == 0 && _impossible.Count == 0;

    /// <summary>Everything that is missing may be known once the exchanges have been asked.</summary>
    public bool MayBeFetched => _impossible.Count == 0 && !IsEmpty;

    internal void AddSymbol(string exchange, string symbol) => _symbols.Add((exchange, symbol));

    internal void AddAsset(string exchange, string asset) => _assets.Add((exchange, asset));

    internal void AddImpossible(string exchange, string asset) => _impossible.Add((exchange, asset));
}
