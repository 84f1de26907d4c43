using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads.Presets;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>Finds the secrets that alert platforms put into a body, and cuts them out before it is read and kept.</summary>
public static partial class SecretFields
{
    private static readonly byte[] Cut = "\"***\""u8.ToArray();

    private static readonly string[] Stated = ["secret", "passphrase", "signalToken"];
    private static readonly string[] EmailToken = ["email_token"];

    private static readonly byte[][] Credentials = ["secret"u8.ToArray(), "passphrase"u8.ToArray(), "signalToken"u8.ToArray()];

    // Whatever holds one of these is somebody's secret, ours or another platform's: it is cut before anything is kept.
    private static readonly string[] Words = ["token", "secret", "key", "pass", "pwd", "auth", "signature", "uuid", "credential"];

    private static readonly SearchValues<string> AnyWord = SearchValues.Create(Words, StringComparison.OrdinalIgnoreCase);

    // Post-only, and no secret.
    private const string Passive = "passive";

    /// <summary>
    /// What the sender states to prove itself: the values of the top-level <c>secret</c>, <c>passphrase</c> and <c>signalToken</c> fields,
    /// named to the letter; in a text that is no JSON, of <c>secret=…</c> and <c>passphrase=…</c>. One that is no text reads as empty,
    /// which no secret is.
    /// </summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> body)
    {
        if (WithoutBom(body).TrimStart(" \t\r\n"u8) is [not (byte)'{' and not (byte)'[' and not (byte)'"', ..])
        {
            return [.. StatedInText().Matches(Encoding.UTF8.GetString(WithoutBom(body))).Select(m => m.Groups[1].Value)];
        }

        if (
            body.IndexOf(Credentials[0]) < 0
            && body.IndexOf(Credentials[1]) < 0
            && body.IndexOf(Credentials[2]) < 0
            && body.IndexOf((byte)'\\') < 0
        )
        {
            return [];
        }

        return ReadFields(body, Stated);
    }

    /// <summary>
    /// As <see cref="Read"/>, and where none of these is stated the <c>email_token</c> of a 3Commas message: whoever moves such messages
    /// here puts the secret where the old one stood.
    /// </summary>
    public static IReadOnlyList<string> ReadAny(ReadOnlySpan<byte> body) =>
        Read(body) is { Count: > 0 } stated ? stated
        : WithoutBom(body).TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? ReadFields(body, EmailToken)
        : [];

    private static List<string> ReadFields(ReadOnlySpan<byte> body, string[] names)
    {
        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(WithoutBom(body));
            while (reader.Read())
            {
                if (
                    reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 }
                    && TextOf(ref reader) is { } name
                    && names.Contains(name)
                )
                {
                    found.Add("");
                    reader.Read();
                    found[^1] = reader.TokenType == JsonTokenType.String ? TextOf(ref reader) ?? "" : "";
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON: what was read up to here still has to match.
        }

        return found;
    }

    /// <summary>Without the values of secret fields at any depth, and without every occurrence of a known secret.</summary>
    /// <param name="secrets">The webhook's own secrets: they must not survive in a body that is no valid JSON either.</param>
    public static RedactedBody Redact(byte[] body, IReadOnlyList<WebhookSecret> secrets)
    {
        var text = Text(body);
        if (!MayHoldSecret(body, text, secrets))
        {
            return new RedactedBody(body, text);
        }

        var bytes = CutAll(body, secrets);
        return new RedactedBody(bytes, Text(bytes));

        static string Text(byte[] bytes) => Encoding.UTF8.GetString(WithoutBom(bytes)).Replace('\0', '\uFFFD');
    }

    /// <summary>Whether a field of this name holds a secret, of this product or of another.</summary>
    public static bool IsSecret(string name) =>
        Words.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase)) && !name.Contains(Passive, StringComparison.OrdinalIgnoreCase);

    private static bool MayHoldSecret(ReadOnlySpan<byte> body, ReadOnlySpan<char> text, IReadOnlyList<WebhookSecret> secrets)
    {
        foreach (var secret in secrets)
        {
            if (body.IndexOf(secret.Utf8) >= 0)
            {
                return true;
            }
        }

        // An escape can spell a name in a way that a plain search does not see.
        return text.Contains('\\') || text.ContainsAny(AnyWord) || WunderCode.MayBeIn(body);
    }

    private static byte[] CutAll(byte[] body, IReadOnlyList<WebhookSecret> secrets)
    {
        var bom = body.Length - WithoutBom(body).Length;
        var cut = new List<byte>(body.Length);
        var copied = CutTokens(body.AsSpan(bom), secrets, cut);

        // What is no JSON is searched as text. Latin-1 keeps every byte, also those that are no valid UTF-8.
        var text = Encoding.Latin1.GetString([.. cut]) + WithoutFields(Encoding.Latin1.GetString(body.AsSpan(bom + copied)));
        foreach (var secret in secrets)
        {
            text = text.Replace(Encoding.Latin1.GetString(secret.Utf8), "***", StringComparison.Ordinal);
        }

        return Encoding.Latin1.GetBytes(WunderCode.WithoutSecrets(text));
    }

    /// <summary>Copies tokens as they came but for secrets; returns how much of the body was valid JSON.</summary>
    private static int CutTokens(ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets, List<byte> cut)
    {
        var copied = 0;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                var isName = reader.TokenType == JsonTokenType.PropertyName;
                if (isName && TextOf(ref reader) is { } name && IsSecret(name))
                {
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    cut.AddRange(body[copied..start]);
                    cut.AddRange(Cut);
                    copied = (int)reader.BytesConsumed;
                }
                else if (reader.TokenType == JsonTokenType.String && FieldInText().IsMatch(TextOf(ref reader) ?? ""))
                {
                    // A text inside the message that states one: nothing but the value is cut where it stands as it is.
                    var start = (int)reader.TokenStartIndex;
                    cut.AddRange(body[copied..start]);
                    cut.AddRange(
                        reader.ValueIsEscaped
                            ? Cut
                            : Encoding.Latin1.GetBytes($"\"{WithoutFields(Encoding.Latin1.GetString(reader.ValueSpan))}\"")
                    );
                    copied = start + reader.ValueSpan.Length + 2;
                }
                else if (HoldsEscapedSecret(ref reader, secrets))
                {
                    var start = (int)reader.TokenStartIndex;
                    cut.AddRange(body[copied..start]);
                    cut.AddRange(Cut);
                    copied = start + reader.ValueSpan.Length + 2;
                }
            }

            cut.AddRange(body[copied..]);
            return body.Length;
        }
        catch (JsonException)
        {
            return copied;
        }
    }

    private static bool HoldsEscapedSecret(ref Utf8JsonReader reader, IReadOnlyList<WebhookSecret> secrets)
    {
        if (
            reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)
            || !reader.ValueIsEscaped
            || TextOf(ref reader) is not { } text
        )
        {
            return false;
        }

        return secrets.Any(s => text.Contains(s.Text, StringComparison.Ordinal)) || WunderCode.WithoutSecrets(text) != text;
    }

    /// <summary>Null for half of a surrogate pair, which is no text.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;

    private static string WithoutFields(string text) =>
        FieldInText()
            .Replace(text, m => m.Value.Contains(Passive, StringComparison.OrdinalIgnoreCase) ? m.Value : m.Groups[1].Value + "***");

    [GeneratedRegex("""(?<![^\s;,])(?:secret|passphrase)=([^\s;,]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex StatedInText();

    // A name that holds such a word, perhaps in quotes, a colon or an equals sign, and a value: quoted, nested (then up to the end), or
    // one word. The typographic quotes are their UTF-8 bytes.
    [GeneratedRegex(
        """((?:token|secret|key|pass|pwd|auth|signature|uuid|credential)[\w.\-]*(?:\\?["']|\u00E2\u0080[\u0098-\u009F])?\s*[:=]\s*)(?:\\?"[^"]*"?|'[^']*'?|\u00E2\u0080[\u0098-\u009F].*?(?:\u00E2\u0080[\u0098-\u009F]|\z)|[\[{].*|[^\s,;}\]]+)""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex FieldInText();
}
