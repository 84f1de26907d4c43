using System.Globalization;
using System.Text.RegularExpressions;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>The parameters of a request, from its query and its body; the query wins. Reading checks them as Binance does.</summary>
internal sealed partial class Parameters
{
    private const string NumberRange = "^([0-9]{1,20})(\\.[0-9]{1,20})?$";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private bool _repeated;

    public Parameters(string query, string body)
    {
        Read(query, into: _values);
        var below = new Dictionary<string, string>(StringComparer.Ordinal);
        Read(body, into: below);
        foreach (var (name, value) in below)
        {
            _values.TryAdd(name, value);
        }
    }

    /// <summary>The value as it was sent, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <exception cref="RefusedException">A parameter that nobody reads, one that came twice, or an empty one.</exception>
    public void CheckNames(IReadOnlyCollection<string> known)
    {
        if (_repeated)
        {
            throw RefusedException.Bad(-1101, "Duplicate values for a parameter detected.");
        }

        if (_values.FirstOrDefault(v => v.Value.Length == 0) is { Key: { } empty })
        {
            throw RefusedException.Bad(-1105, $"Parameter '{empty}' was empty.");
        }

        var read = _values.Keys.Count(known.Contains);
        if (read < _values.Count)
        {
            throw RefusedException.Bad(
                -1104,
                $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{_values.Count}'."
            );
        }
    }

    public string Text(string name) => this[name] ?? throw Missing(name);

    public string? Matching(string name, Regex range) =>
        this[name] is not { } value ? null
        : range.IsMatch(value) ? value
        : throw RefusedException.Bad(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    /// <param name="places">The most decimals it may have.</param>
    public decimal? Number(string name, int places)
    {
        if (Matching(name, NumberPattern()) is not { } text)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw RefusedException.Bad(-1108, $"Parameter '{name}' overflowed.");
        }

        return Decimals.Places(value) <= places ? value : throw RefusedException.Bad(-1111, $"Parameter '{name}' has too much precision.");
    }

    public long? Whole(string name) =>
        this[name] is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw RefusedException.Bad(-1100, $"Illegal characters found in parameter '{name}'; legal range is '^[0-9]{{1,20}}$'.");

    public int Limit(int otherwise, int most) => (int)Math.Min(Whole("limit") ?? otherwise, most);

    public T? Word<T>(string name, int code, string message)
        where T : struct, Enum =>
        this[name] is not { } text ? null
        : Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text)
        : throw RefusedException.Bad(code, message);

    public static RefusedException Missing(string name) =>
        RefusedException.Bad(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    private void Read(string text, Dictionary<string, string> into)
    {
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            var name = Uri.UnescapeDataString(equals < 0 ? part : part[..equals]);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
            _repeated |= !into.TryAdd(name, value);
        }
    }

    [GeneratedRegex(NumberRange)]
    private static partial Regex NumberPattern();
}
