namespace ExEngine.Core.Markets;

/// <summary>The symbols that look most like one that does not exist. Only a refusal comes here, so it may take its time.</summary>
internal static class NearSymbols
{
    public const int Max = 5;

    private const int MaxText = 32;

    public static IReadOnlyList<string> Of(string text, IReadOnlyList<Market> markets)
    {
        var asked = Letters(text[(text.IndexOf(':') + 1)..]);
        if (asked.Length is 0 or > MaxText)
        {
            return [];
        }

        return
        [
            .. markets
                .Where(m => m.Active)
                .Select(m => (m.Symbol, Distance: Distance(asked, m), Spot: m.Kind == "spot" ? 0 : 1))
                .Where(c => c.Distance <= Math.Max(2, asked.Length / 2))
                .OrderBy(c => c.Distance)
                .ThenBy(c => c.Spot)
                .ThenBy(c => c.Symbol, StringComparer.Ordinal)
                .Take(Max)
                .Select(c => c.Symbol),
        ];
    }

    // A name that was cut short, or that starts with the right base, is nearer than its missing letters say.
    private static int Distance(string asked, Market market)
    {
        var name = Letters(market.Base + market.Quote);
        var edits = Edits(asked, name);
        return name.StartsWith(asked, StringComparison.Ordinal) || asked == Letters(market.Base) ? Math.Min(edits, 1)
            : asked.StartsWith(Letters(market.Base), StringComparison.Ordinal) && market.Base.Length > 2 ? Math.Min(edits, 2)
            : edits;
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
