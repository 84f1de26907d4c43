using System.Diagnostics;
using ExEngine.Web.Logs;
using OpenTelemetry;

namespace ExEngine.Web.Telemetry;

/// <summary>
/// The last look at every span before it leaves: a path is named by its route, because that of a webhook holds its token; a query
/// is dropped; the address of an outgoing call ends with its host; all other text is cleaned as log lines are.
/// </summary>
internal sealed class SpanGuard : BaseProcessor<Activity>
{
    // The names of today and those of before OpenTelemetry's stable conventions.
    private static readonly string[] Paths = ["url.path", "http.target"];
    private static readonly string[] Addresses = ["url.full", "http.url"];
    private static readonly string[] Dropped = ["url.query", "db.connection_string", "db.user"];

    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            var clean = Clean(data, name, value);
            if (!Equals(clean, value))
            {
                data.SetTag(name, clean); // null takes the tag away
            }
        }

        data.DisplayName = SecretGuard.CleanText(data.DisplayName);
        if (data.StatusDescription is { } description)
        {
            data.SetStatus(data.Status, SecretGuard.CleanText(description));
        }
    }

    private static object? Clean(Activity span, string name, object? value) =>
        Dropped.Contains(name) ? null
        : Paths.Contains(name) ? span.GetTagItem("http.route")
        : value is not string text ? value
        : Addresses.Contains(name)
            ? Uri.TryCreate(text, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority)
                : null
        : SecretGuard.CleanText(text);
}
