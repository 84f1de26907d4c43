using System.Text;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Core.Webhooks;

/// <summary>Request lines to try a webhook with.</summary>
public static class WebhookSamples
{
    public const string YourUrl = "<your URL>";
    public const string YourSecret = "<your secret>";

    /// <summary>The headers that prove who sends <paramref name="body"/>; none when the secret is in the body.</summary>
    /// <param name="messageId">For Standard Webhooks: 1 to 64 of <c>A-Z a-z 0-9 _ -</c>.</param>
    /// <param name="timestamp">Unix seconds; the webhook takes 300 s either way.</param>
    public static IReadOnlyList<(string Name, string Value)> Headers(
        WebhookAuthMode auth,
        string secret,
        string messageId,
        long timestamp,
        string body
    ) =>
        auth switch
        {
            WebhookAuthMode.Standard =>
            [
                ("webhook-id", messageId),
                ("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("webhook-signature", WebhookSignature.Standard(secret, messageId, timestamp, Encoding.UTF8.GetBytes(body))),
            ],
            WebhookAuthMode.Hmac => [("X-Hub-Signature-256", WebhookSignature.Hub(secret, Encoding.UTF8.GetBytes(body)))],
            _ => [],
        };

    /// <summary>One line for a shell that sends <paramref name="body"/> with its headers.</summary>
    public static string Curl(string url, IReadOnlyList<(string Name, string Value)> headers, string body)
    {
        var line = new StringBuilder($"curl -sS {Quote(url)} -H {Quote("Content-Type: " + MediaType(body))}");
        foreach (var (name, value) in headers)
        {
            line.Append(" -H ").Append(Quote($"{name}: {value}"));
        }

        return line.Append(" --data-binary ").Append(Quote(body)).ToString();
    }

    /// <summary>A shell script that signs by itself with openssl, so that it works at any time and with any body.</summary>
    public static string Shell(WebhookAuthMode auth, string url, string secret, string body)
    {
        var lines = new List<string> { $"URL={Quote(url)}", $"SECRET={Quote(secret)}", $"BODY={Quote(body)}" };
        var send = $"curl -sS \"$URL\" -H {Quote("Content-Type: " + MediaType(body))}";
        switch (auth)
        {
            case WebhookAuthMode.Standard:
                lines.Add("ID=\"msg_$(openssl rand -hex 12)\"; TIME=$(date +%s)");
                lines.Add("KEY=$(printf %s \"${SECRET#whsec_}\" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')");
                lines.Add(
                    "SIGNATURE=$(printf '%s.%s.%s' \"$ID\" \"$TIME\" \"$BODY\" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | openssl base64 -A)"
                );
                send += " -H \"webhook-id: $ID\" -H \"webhook-timestamp: $TIME\" -H \"webhook-signature: v1,$SIGNATURE\"";
                break;
            case WebhookAuthMode.Hmac:
                lines.Add("SIGNATURE=$(printf %s \"$BODY\" | openssl dgst -sha256 -hmac \"$SECRET\" -r | cut -d' ' -f1)");
                send += " -H \"X-Hub-Signature-256: sha256=$SIGNATURE\"";
                break;
            default:
                lines.RemoveAt(1);
                break;
        }

        lines.Add(send + " --data-binary \"$BODY\"");
        return string.Join('\n', lines);
    }

    public static string MediaType(string body) => body.StartsWith('{') ? "application/json" : "text/plain";

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
