using System.Globalization;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Web.Components.Parts.Tables;

namespace ExEngine.Web.Components.Pages.Signals;

/// <summary>The filters as the page's address carries them; whatever cannot be read there does not narrow.</summary>
/// <param name="From">UTC, as a date-time field writes it: <c>2026-01-31T08:00</c>.</param>
/// <param name="Sort">A <see cref="ListSort"/>; it narrows nothing.</param>
public sealed record SignalFilters(string? Webhook, string? Status, string? Symbol, string? From, string? To, string? Sort = null)
{
    public static readonly SignalFilters None = new(null, null, null, null, null, null);

    public ListSort Order => ListSort.Of(Sort, ListSort.Time, "symbol", "outcome");

    /// <summary>As the database knows it; null for newest first.</summary>
    public RowSort? DatabaseSort => Order.InDatabase("outcome");

    public int Count => new[] { Webhook, Status, Symbol, From, To }.Count(v => v is not null);

    public SignalFilter Filter =>
        new()
        {
            WebhookId = Guid.TryParse(Webhook, out var id) ? id : null,
            Status = Enum.TryParse<SignalStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
            Symbol = Symbol,
            From = Utc(From),
            To = Utc(To),
        };

    /// <summary>The address of the list, or of one signal in its drawer, with these filters.</summary>
    public string Address(Guid? signal = null, string page = "signals")
    {
        var query = string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return (signal is { } id ? $"{page}/{id}" : page) + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>The REST address of the same rows as CSV.</summary>
    public string ExportAddress => (this with { From = Zoned(From), To = Zoned(To), Sort = null }).Address(page: "api/signals/export");

    /// <summary>Empty text, and text that no database holds, is no filter.</summary>
    public static SignalFilters Of(string? webhook, string? status, string? symbol, string? from, string? to, string? sort) =>
        new(NotEmpty(webhook), NotEmpty(status), NotEmpty(symbol), NotEmpty(from), NotEmpty(to), NotEmpty(sort));

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        (string, string?)[] pairs =
        [
            ("webhookId", Webhook),
            ("status", Status),
            ("symbol", Symbol),
            ("from", From),
            ("to", To),
            ("sort", Order.Address),
        ];
        foreach (var (name, value) in pairs)
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) || !StoredText.Fits(text) ? null : text.Trim();

    private static string? Zoned(string? text) => Utc(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTime? Utc(string? text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
