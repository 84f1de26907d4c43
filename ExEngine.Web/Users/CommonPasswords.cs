using System.Collections.Frozen;

namespace ExEngine.Web.Users;

/// <summary>
/// Tells whether a guesser would try a password early: it is one of the commonest, or one of them dressed up with capitals,
/// leet letters, a few digits and signs at the ends, or said twice; or it is a straight run or a walk on the keyboard.
/// </summary>
public static class CommonPasswords
{
    /// <summary>Characters around a common word that do not make it uncommon, such as a year and a sign.</summary>
    private const int Trimmings = 6;

    // What people who trade would choose.
    private static readonly string[] OfTheTrade =
    [
        "executionengine",
        "exengine",
        "tradingview",
        "bitcoin",
        "ethereum",
        "binance",
        "coinbase",
        "satoshi",
        "tothemoon",
    ];

    private static readonly string[] Walks =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "12345678901234567890",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "qazwsxedcrfvtgbyhnujm",
        "1q2w3e4r5t6y7u8i9o0p",
    ];

    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    public static bool Contains(string password)
    {
        var text = password.ToLowerInvariant();
        return IsGuessable(text) || IsGuessable(string.Concat(text.Where(char.IsLetterOrDigit)));
    }

    private static bool IsGuessable(string text) =>
        IsKnown(text) || IsWalk(text) || (Unit(text) is { } unit && (unit.Length <= 3 || IsGuessable(unit))) || IsTrimmed(text);

    private static bool IsTrimmed(string text)
    {
        var core = text.Trim([.. text.Where(c => !char.IsLetter(c))]);
        if (core.Length == text.Length || core.Length < 4 || !(IsKnown(core) || IsWalk(core)))
        {
            return false;
        }

        var around = text.Replace(core, "", StringComparison.Ordinal);
        return around.Length <= Trimmings || IsKnown(around) || IsWalk(around);
    }

    private static bool IsKnown(string text) =>
        Known.Value.Contains(text) || Known.Value.Contains(Plain(text, 'l')) || Known.Value.Contains(Plain(text, 'i'));

    private static string Plain(string text, char one) =>
        string.Concat(
            text.Select(c =>
                c switch
                {
                    '0' => 'o',
                    '1' or '|' => one,
                    '!' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    '8' => 'b',
                    _ => c,
                }
            )
        );

    private static bool IsWalk(string text) =>
        text.Length >= 4
        && (
            Walks.Any(w => w.Contains(text, StringComparison.Ordinal))
            || Walks.Any(w => w.Contains(string.Concat(text.Reverse()), StringComparison.Ordinal))
        );

    // The shortest part that makes the whole by being repeated, the last time perhaps cut short.
    private static string? Unit(string text) =>
        Enumerable
            .Range(1, text.Length / 2)
            .Where(length => Enumerable.Range(0, text.Length).All(i => text[i] == text[i % length]))
            .Select(length => text[..length])
            .FirstOrDefault();

    private static FrozenSet<string> Read()
    {
        using var resource = typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(resource);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("# ", StringComparison.Ordinal))
            .Concat(OfTheTrade)
            .ToFrozenSet();
    }
}
