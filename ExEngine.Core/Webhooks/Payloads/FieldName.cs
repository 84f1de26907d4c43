using System.Collections.Concurrent;
using System.Text;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Names of fields as people vary them: <c>orderType</c>, <c>order_type</c>, <c>Order Type</c> and <c>ORDER-TYPE</c> are one.
/// </summary>
/// <remarks>
/// Every alert of a webhook has the same names, and each is looked at several times: what was made of a name is kept, for as many names as
/// senders in their right mind have. Others are read anew each time.
/// </remarks>
public static class FieldName
{
    private static readonly Kept<string> Plains = new(MakePlain);
    private static readonly Kept<string> Keys = new(MakeKey);
    private static readonly Kept<IReadOnlyList<string>> WordLists = new(MakeWords);

    /// <summary>The letters and digits alone, in lower case.</summary>
    public static string Plain(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return Plains.Of(name);
            }
        }

        return name;
    }

    /// <summary>A path by its plain names, without the numbers of a list: <c>order.amount</c>.</summary>
    public static string Key(string path) => path.AsSpan().IndexOfAny('.', '[') < 0 ? Plain(path) : Keys.Of(path);

    /// <summary>The words that a name is made of: <c>tp1Percent</c> is <c>tp</c>, <c>1</c>, <c>percent</c>.</summary>
    public static IReadOnlyList<string> Words(string name) => WordLists.Of(name);

    private static string MakePlain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string MakeKey(string path) =>
        string.Join(
            '.',
            path.Split('.')
                .Select(part =>
                    Plain(part.Contains('[', StringComparison.Ordinal) ? part[..part.IndexOf('[', StringComparison.Ordinal)] : part)
                )
        );

    private static List<string> MakeWords(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var before = '\0';
        foreach (var c in name)
        {
            var begins = !char.IsLetterOrDigit(c) || (char.IsUpper(c) && !char.IsUpper(before)) || char.IsDigit(c) != char.IsDigit(before);
            if (begins && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }

            before = c;
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary>Whether one letter too many, too few, another one, or two exchanged ones make the one name of the other.</summary>
    public static bool IsMisspelt(string name, string meant)
    {
        if (Math.Abs(name.Length - meant.Length) > 1)
        {
            return false;
        }

        var start = 0;
        while (start < name.Length && start < meant.Length && name[start] == meant[start])
        {
            start++;
        }

        var one = name.AsSpan(start);
        var other = meant.AsSpan(start);
        return one.Length == other.Length
                ? one.Length > 0
                    && (
                        one[1..].SequenceEqual(other[1..])
                        || (one.Length > 1 && one[0] == other[1] && one[1] == other[0] && one[2..].SequenceEqual(other[2..]))
                    )
            : one.Length > other.Length ? one[1..].SequenceEqual(other)
            : other[1..].SequenceEqual(one);
    }

    private sealed class Kept<T>(Func<string, T> make)
    {
        private const int MaxNames = 4096;
        private const int MaxLength = 64;

        private readonly ConcurrentDictionary<string, T> _made = new(StringComparer.Ordinal);
        private int _count;

        public T Of(string name)
        {
            if (_made.TryGetValue(name, out var kept))
            {
                return kept;
            }

            var made = make(name);
            if (name.Length <= MaxLength && _count < MaxNames && _made.TryAdd(name, made))
            {
                Interlocked.Increment(ref _count);
            }

            return made;
        }
    }
}
