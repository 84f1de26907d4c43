using System.Collections.Frozen;

namespace ExEngine.Core.Markets;

/// <summary>Prepared answers for every way of writing a symbol, so that a lookup is one hash of a few letters.</summary>
internal sealed class SymbolIndex
{
    private const int MaxSymbol = 64;

    private readonly FrozenDictionary<string, Market[]>.AlternateLookup<ReadOnlySpan<char>> _symbols;
    private readonly FrozenDictionary<string, Market[]>.AlternateLookup<ReadOnlySpan<char>> _plain;
    private readonly FrozenDictionary<string, Market[]>.AlternateLookup<ReadOnlySpan<char>> _perpetual;

    public SymbolIndex(IReadOnlyList<Market> markets)
    {
        var symbols = new Dictionary<string, Market[]>(StringComparer.Ordinal);
        var plain = new Dictionary<string, List<Market>>(StringComparer.Ordinal);
        var perpetual = new Dictionary<string, List<Market>>(StringComparer.Ordinal);
        foreach (var market in markets)
        {
            symbols[market.Symbol] = [market];
            foreach (var key in Keys(market))
            {
                Add(plain, key, market);
                if (market.Kind == "swap")
                {
                    Add(perpetual, key, market);
                }
            }
        }

        _symbols = symbols.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _plain = Best(plain);
        _perpetual = Best(perpetual);
    }

    /// <summary>None, the one, or all that it can mean equally well.</summary>
    public Market[] Find(string text)
    {
        var asked = text.AsSpan().Trim();
        if (asked.Length is 0 or > MaxSymbol)
        {
            return [];
        }

        if (_symbols.TryGetValue(asked, out var exact))
        {
            return exact;
        }

        Span<char> key = stackalloc char[MaxSymbol];
        if (Compact(asked, key, out var length) && _plain.TryGetValue(key[..length], out var whole))
        {
            return whole;
        }

        asked = WithoutExchange(asked);
        Compact(asked, key, out length);
        if (_plain.TryGetValue(key[..length], out var found))
        {
            return found;
        }

        return
            PerpetualName(asked) is { Length: > 0 } name
            && Compact(name, key, out length)
            && _perpetual.TryGetValue(key[..length], out found)
            ? found
            : [];
    }

    // BINANCE:BTCUSDT names an exchange in front; BTC/USDT:USDT names the settlement behind.
    private static ReadOnlySpan<char> WithoutExchange(ReadOnlySpan<char> asked)
    {
        var colon = asked.IndexOf(':');
        return colon > 0 && !asked[..colon].ContainsAny('/', '-', '_') ? asked[(colon + 1)..] : asked;
    }

    // TradingView's BTCUSDT.P, and BTCUSDTPERP, BTCUSDT_PERP, BTC-PERP as others write it; empty for any other name.
    private static ReadOnlySpan<char> PerpetualName(ReadOnlySpan<char> asked) =>
        asked.EndsWith(".P", StringComparison.OrdinalIgnoreCase) ? asked[..^2]
        : asked.EndsWith("PERP", StringComparison.OrdinalIgnoreCase) ? asked[..^4].TrimEnd(['-', '_', '.', ' '])
        : [];

    private static bool Compact(ReadOnlySpan<char> text, Span<char> key, out int length)
    {
        length = 0;
        foreach (var letter in text)
        {
            if (letter is not ('/' or '-' or '_') && !char.IsWhiteSpace(letter))
            {
                key[length++] = char.ToUpperInvariant(letter);
            }
        }

        return length > 0;
    }

    private static HashSet<string> Keys(Market market)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal) { Compact(market.Symbol), Compact(market.ExchangeSymbol) };
        if (market.Kind is "spot" or "swap")
        {
            // A dated future or an option is only meant when it is named in full.
            keys.Add(Compact(market.Base + market.Quote));
            foreach (var alias in AssetAliases.Of(market.Base))
            {
                keys.Add(Compact(alias + market.Quote));
            }
        }

        keys.Remove("");
        return keys;
    }

    private static string Compact(string text)
    {
        Span<char> key = stackalloc char[MaxSymbol];
        return text.Length <= MaxSymbol && Compact(text, key, out var length) ? new string(key[..length]) : "";
    }

    private static void Add(Dictionary<string, List<Market>> all, string key, Market market)
    {
        if (!all.TryGetValue(key, out var list))
        {
            all.Add(key, list = []);
        }

        list.Add(market);
    }

    private static FrozenDictionary<string, Market[]>.AlternateLookup<ReadOnlySpan<char>> Best(Dictionary<string, List<Market>> all) =>
        all.ToFrozenDictionary(pair => pair.Key, pair => Best(pair.Value), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static Market[] Best(List<Market> candidates)
    {
        var best = candidates.Min(Rank);
        return [.. candidates.Where(m => Rank(m) == best)];
    }

    // Spot before perpetual even when spot is closed, so that nobody trades a derivative by accident; then an open one
    // before a closed one; then the perpetual that settles in its quote, which is what traders mean by a plain name.
    private static (int Kind, int Closed, int Settlement) Rank(Market market) =>
        (
            market.Kind switch
            {
                "spot" => 0,
                "swap" => 1,
                _ => 2,
            },
            market.Active ? 0 : 1,
            market.Kind == "swap" && !market.Symbol.EndsWith(':' + market.Quote, StringComparison.Ordinal) ? 1 : 0
        );
}
