namespace ExEngine.Core.Markets;

/// <summary>
/// The symbols that look most like one that does not exist: those of the same base first, by the quotes that people trade most, and then
/// those that differ by the fewest letters. Only a refusal comes here, so it may take its time.
/// </summary>
internal static class NearSymbols
{
    public const int Max = 5;

    private const int MaxText = 32;

    // What people mean by "the dollar market" when the one that they wrote is not there, and so on.
    private static readonly string[] Quotes = ["USDT", "USDC", "USD", "EUR", "BTC", "ETH", "FDUSD", "GBP", "BNB", "TRY", "BRL", "JPY"];

    public static IReadOnlyList<string> Of(string text, IReadOnlyList<Market> markets)
    {
        var asked = AssetAliases.Usual(Letters(text[(text.IndexOf(':') + 1)..]));
        if (asked.Length is 0 or > MaxText)
        {
            return [];
        }

        var active = markets.Where(m => m.Active).ToList();
        var asset = active
            .Select(m => Letters(m.Base))
            .Where(b => b.Length > 1 && asked.StartsWith(b, StringComparison.Ordinal))
            .MaxBy(b => b.Length);
        return
        [
            .. active
                .Select(m => (Market: m, Distance: Distance(asked, m), IsBase: Letters(m.Base) == asset))
                .Where(c => c.IsBase || c.Distance <= Math.Max(2, asked.Length / 2))
                .OrderBy(c => c.IsBase ? 0 : 1)
                .ThenBy(c => c.Market.Kind == "spot" ? 0 : 1)
                .ThenBy(c => c.IsBase ? QuoteFit(asked[asset!.Length..], Letters(c.Market.Quote)) : c.Distance)
                .ThenBy(c => QuoteRank(c.Market.Quote))
                .ThenBy(c => c.Distance)
                .ThenBy(c => c.Market.Symbol, StringComparer.Ordinal)
                .Take(Max)
                .Select(c => c.Market.Symbol),
        ];
    }

    // The quote was written and something behind it, or only the beginning of it; or another quote.
    private static int QuoteFit(string rest, string quote) =>
        rest.Length > 0 && (rest.StartsWith(quote, StringComparison.Ordinal) || quote.StartsWith(rest, StringComparison.Ordinal)) ? 0 : 1;

    private static int QuoteRank(string quote) => Array.IndexOf(Quotes, quote) is var rank and >= 0 ? rank : Quotes.Length;

    // A name that was cut short is nearer than its missing letters say.
    private static int Distance(string asked, Market market)
    {
        var name = Letters(market.Base + market.Quote);
        var edits = Edits(asked, name);
        return name.StartsWith(asked, StringComparison.Ordinal) ? Math.Min(edits, 1) : edits;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    // Levenshtein, one row at a time.
    private static int Edits(string one, string other)
    {
        Span<int> row = stackalloc int[MaxText + 1];
        row = row[..(one.Length + 1)];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = i;
        }

        for (var j = 1; j <= other.Length; j++)
        {
            var diagonal = row[0];
            row[0] = j;
            for (var i = 1; i <= one.Length; i++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i - 1], row[i]) + 1);
            }
        }

        return row[one.Length];
    }
}
