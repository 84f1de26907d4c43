using System.Text;
using System.Text.Json;

namespace ExEngine.Core.Webhooks;

/// <summary>Finds the secrets that alert platforms put into a JSON body, and cuts them out before it is kept.</summary>
public static class SecretFields
{
    private const string Cut = "***";

    private static readonly byte[][] Names =
        ["secret"u8.ToArray(), "passphrase"u8.ToArray(), "signalToken"u8.ToArray(), "password"u8.ToArray(), "apiKey"u8.ToArray()];

    /// <summary>The values of the top-level <c>secret</c> and <c>passphrase</c> fields; none when the body is not a JSON object.</summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf(Names[0]) < 0 && body.IndexOf(Names[1]) < 0 && body.IndexOf((byte)'\\') < 0)
        {
            return [];
        }

        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(WithoutBom(body));
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 }
                    && (reader.ValueTextEquals(Names[0]) || reader.ValueTextEquals(Names[1])) && reader.Read())
                {
                    found.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or no valid text: what was read up to here still has to match.
        }

        return found;
    }

    /// <summary>The body as text, with the values of secret fields at any depth, and every occurrence of a known secret, cut out.</summary>
    /// <param name="secrets">The door's own secrets: they must not survive in a body that is no valid JSON either.</param>
    public static string CutFrom(ReadOnlySpan<byte> body, IReadOnlyList<DoorSecret> secrets)
    {
        var text = Encoding.UTF8.GetString(CutValues(WithoutBom(body)));
        foreach (var secret in secrets)
        {
            if (text.Contains(secret.Text, StringComparison.Ordinal))
            {
                text = text.Replace(secret.Text, Cut, StringComparison.Ordinal);
            }
        }

        // PostgreSQL stores no NUL in text; one such byte must not fail the batch of its neighbours.
        return text.Replace('\0', '\uFFFD');
    }

    public static bool IsSecret(string name) => Names.Any(n => Encoding.UTF8.GetString(n).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<byte> CutValues(ReadOnlySpan<byte> body)
    {
        if (!HasSecretName(body))
        {
            return body;
        }

        var cut = new List<byte>(body.Length);
        var copied = 0;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && IsSecret(reader.GetString()!) && reader.Read())
                {
                    cut.AddRange(body[copied..(int)reader.TokenStartIndex]);
                    cut.AddRange("\"***\""u8);
                    reader.Skip();
                    copied = (int)reader.BytesConsumed;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not valid JSON from here on: the search for the door's own secrets remains.
        }

        cut.AddRange(body[copied..]);
        return cut.ToArray();
    }

    private static bool HasSecretName(ReadOnlySpan<byte> body)
    {
        // An escape can spell a name in a way that a plain search does not see.
        if (body.IndexOf((byte)'\\') >= 0)
        {
            return true;
        }

        foreach (var name in Names)
        {
            for (var rest = body; rest.Length >= name.Length;)
            {
                var at = rest.IndexOfAny((byte)(name[0] | 0x20), (byte)(name[0] & ~0x20));
                if (at < 0 || rest.Length - at < name.Length)
                {
                    break;
                }

                if (System.Text.Ascii.EqualsIgnoreCase(rest.Slice(at, name.Length), name))
                {
                    return true;
                }

                rest = rest[(at + 1)..];
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;
}
