using System.Buffers;
using System.Text;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The code of a WunderTrading alert: an action, alone or as the first part of
/// <c>ENTER-LONG_Binance_BTCUSDT_My bot_15M_8e34479cfe49027eda195457</c>, where the pair may be <c>NONE</c> and the last part is
/// a secret.
/// </summary>
/// <param name="Direction">Null: either side.</param>
internal readonly record struct WunderCode(SignalAction Action, Direction? Direction, string? Exchange, string? Pair)
{
    public const string Allowed = "ENTER-LONG, ENTER-SHORT, EXIT-LONG, EXIT-SHORT, EXIT-ALL";

    private const string Cut = "***";

    private static readonly (string Word, SignalAction Action, Direction? Direction)[] Actions =
    [
        ("ENTER-LONG", SignalAction.Buy, ExEngine.Core.Planning.Direction.Long),
        ("ENTER-SHORT", SignalAction.Sell, ExEngine.Core.Planning.Direction.Short),
        ("EXIT-LONG", SignalAction.Exit, ExEngine.Core.Planning.Direction.Long),
        ("EXIT-SHORT", SignalAction.Exit, ExEngine.Core.Planning.Direction.Short),
        ("EXIT-ALL", SignalAction.Exit, null),
    ];

    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    public static bool Recognises(string text) => TryParse(text, out _);

    public static bool TryParse(string text, out WunderCode code)
    {
        var span = text.AsSpan().Trim();
        foreach (var (word, action, direction) in Actions)
        {
            if (span.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (span.Length == word.Length || span[word.Length] == '_'))
            {
                var parts = span.Length == word.Length ? [] : span[(word.Length + 1)..].ToString().Split('_');
                code = new(action, direction, Part(parts, 0), Part(parts, 1));
                return true;
            }
        }

        code = default;
        return false;
    }

    /// <summary>Whether a body may hold a code with more than its action; cheap, for every body asks it.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf((byte)'-');
        while (at >= 0)
        {
            if (
                Ascii.EqualsIgnoreCase(body[Math.Max(0, at - 2)..at], "er"u8)
                || Ascii.EqualsIgnoreCase(body[Math.Max(0, at - 2)..at], "it"u8)
            )
            {
                return true;
            }

            var next = body[(at + 1)..].IndexOf((byte)'-');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>The text without the secret parts of the codes in it.</summary>
    public static string WithoutSecrets(string text)
    {
        StringBuilder? kept = null;
        var copied = 0;
        for (var dash = text.IndexOf('-', StringComparison.Ordinal); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            if (SecretAt(text, dash) is { } secret && secret.Start >= copied)
            {
                (kept ??= new()).Append(text, copied, secret.Start - copied).Append(Cut);
                copied = secret.End;
            }
        }

        return kept is null ? text : kept.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The last part of a code of five or more, or a long last part of a shorter one: what only its owner knows.</summary>
    private static (int Start, int End)? SecretAt(string text, int dash)
    {
        var before = text.AsSpan(0, dash);
        var start =
            before.EndsWith("ENTER", StringComparison.OrdinalIgnoreCase) ? dash - "ENTER".Length
            : before.EndsWith("EXIT", StringComparison.OrdinalIgnoreCase) ? dash - "EXIT".Length
            : -1;
        var standsAlone = start == 0 || (start > 0 && (char.IsWhiteSpace(text[start - 1]) || text[start - 1] is '"' or '\'' or '=' or ':'));
        if (!standsAlone || !TryParse(Line(text, start), out _))
        {
            return null;
        }

        var code = Line(text, start);
        var last = code.LastIndexOf('_');
        var secret = code.AsSpan(last + 1).Trim();
        var isLong = secret.Length >= 16 && !secret.ContainsAnyExcept(Alphanumeric);
        return last > 0 && secret.Length > 0 && (isLong || code.AsSpan().Count('_') >= 4) ? (start + last + 1, start + code.Length) : null;
    }

    /// <summary>From there to the end of the line, or of the JSON string.</summary>
    private static string Line(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAny(['"', '\\', '\r', '\n']);
        return length < 0 ? text[start..] : text.Substring(start, length);
    }

    private static string? Part(string[] parts, int index) =>
        index < parts.Length
        && parts[index].Trim() is { Length: > 0 and <= 64 } part
        && !part.Equals("NONE", StringComparison.OrdinalIgnoreCase)
        && part != Cut
            ? part
            : null;
}
