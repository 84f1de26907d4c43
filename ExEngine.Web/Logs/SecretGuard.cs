using System.Text.RegularExpressions;
using Serilog.Events;
using Serilog.Parsing;

namespace ExEngine.Web.Logs;

/// <summary>
/// The last look at every log event before it is written: what has the name or the form of a secret is cut out, wherever it
/// came from, exceptions included. No code should log a secret; this is for the day that some does.
/// </summary>
public static partial class SecretGuard
{
    private const string Cut = "***";

    private static readonly MessageTemplateParser Parser = new();

    public static LogEvent Clean(LogEvent written)
    {
        var template = CleanText(written.MessageTemplate.Text);
        return new LogEvent(
            written.Timestamp,
            written.Level,
            written.Exception is { } exception ? new CleanedException(exception) : null,
            template == written.MessageTemplate.Text ? written.MessageTemplate : Parser.Parse(template),
            // The raw path holds a webhook's token; request lines carry the route instead.
            written
                .Properties.Where(p => p.Key is not ("RequestPath" or "Path"))
                .Select(p => new LogEventProperty(p.Key, CleanValue(p.Key, p.Value)))
        );
    }

    public static string CleanText(string text)
    {
        text = HookToken().Replace(text, "/hooks/" + Cut);
        text = AccountLink().Replace(text, "$1?" + Cut);
        text = SigningSecret().Replace(text, "whsec_" + Cut);
        text = Bearer().Replace(text, "$1 " + Cut);
        return NamedValue().Replace(text, "$1" + Cut);
    }

    private static LogEventPropertyValue CleanValue(string name, LogEventPropertyValue value) =>
        value switch
        {
            ScalarValue { Value: null or bool or int or long or decimal or Guid or DateTime or DateTimeOffset or TimeSpan } => value,
            ScalarValue when SecretName().IsMatch(name) => new ScalarValue(Cut),
            ScalarValue { Value: string text } => CleanText(text) is var clean && clean == text ? value : new ScalarValue(clean),
            ScalarValue scalar => new ScalarValue(CleanText(scalar.Value?.ToString() ?? "")),
            SequenceValue sequence => new SequenceValue(sequence.Elements.Select(e => CleanValue(name, e))),
            StructureValue structure => new StructureValue(
                structure.Properties.Select(p => new LogEventProperty(p.Name, CleanValue(p.Name, p.Value))),
                structure.TypeTag
            ),
            DictionaryValue dictionary => new DictionaryValue(
                dictionary.Elements.Select(e => KeyValuePair.Create(e.Key, CleanValue(e.Key.Value?.ToString() ?? name, e.Value)))
            ),
            _ => value,
        };

    [GeneratedRegex(@"/hooks/[A-Za-z0-9_\-%]+")]
    private static partial Regex HookToken();

    // Links of invitations and new passwords carry what opens them.
    [GeneratedRegex(@"(/account/(?:register|reset))\?[^\s""']+", RegexOptions.IgnoreCase)]
    private static partial Regex AccountLink();

    [GeneratedRegex(@"whsec_[A-Za-z0-9+/=_\-]+")]
    private static partial Regex SigningSecret();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=\-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(
        """((?:password|passphrase|secret|token|api_?key|authorization|cookie|signature)["']?\s*[=:]\s*["']?)[^\s"',;&}]+""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NamedValue();

    [GeneratedRegex("password|passphrase|secret|token(?!hash)|apikey|api_key|authorization|cookie|signature", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>Reads like the exception it stands for, without what looked like a secret.</summary>
    private sealed class CleanedException(Exception exception) : Exception(CleanText(exception.Message))
    {
        private readonly string _text = CleanText(exception.ToString());

        public override string ToString() => _text;
    }
}
