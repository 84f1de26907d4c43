using System.Globalization;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Parts.Tables;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>The filters as the page's address carries them; whatever cannot be read there does not narrow.</summary>
/// <param name="Status">A group or a status by name.</param>
/// <param name="From">UTC, as a date-time field writes it: <c>2026-01-31T08:00</c>.</param>
/// <param name="Sort">A <see cref="ListSort"/>; it narrows nothing.</param>
public sealed record OrderFilters(string? Status, string? Symbol, string? Account, string? From, string? To, string? Sort = null)
{
    public static readonly OrderFilters None = new(null, null, null, null, null, null);

    public ListSort Order => ListSort.Of(Sort, ListSort.Time, "symbol", "status", "quantity", "price");

    /// <summary>As the database knows it; null for newest first.</summary>
    public RowSort? DatabaseSort => Order.InDatabase("status");

    public int Count => new[] { Status, Symbol, Account, From, To }.Count(v => v is not null);

    public OrderFilter Filter =>
        new()
        {
            Group = Enum.TryParse<OrderGroup>(Status, ignoreCase: true, out var group) && Enum.IsDefined(group) ? group : null,
            Status = Enum.TryParse<OrderStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
            Symbol = Symbol,
            AccountId = Guid.TryParse(Account, out var id) ? id : null,
            From = Utc(From),
            To = Utc(To),
        };

    /// <summary>The address of the list, or of one order in its drawer, with these filters.</summary>
    public string Address(Guid? order = null, string page = "orders")
    {
        var query = string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return (order is { } id ? $"{page}/{id}" : page) + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>The REST address of the same rows as CSV.</summary>
    public string ExportAddress => Zoned.Address(page: "api/orders/export");

    /// <summary>The REST address of what was executed, of the same account, symbol and time.</summary>
    public string FillsAddress => (Zoned with { Status = null }).Address(page: "api/fills/export");

    private OrderFilters Zoned => this with { From = Iso(From), To = Iso(To), Sort = null };

    /// <summary>Empty text, and text that no database holds, is no filter.</summary>
    public static OrderFilters Of(string? status, string? symbol, string? account, string? from, string? to, string? sort) =>
        new(NotEmpty(status), NotEmpty(symbol), NotEmpty(account), NotEmpty(from), NotEmpty(to), NotEmpty(sort));

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        (string, string?)[] pairs =
        [
            ("status", Status),
            ("symbol", Symbol),
            ("accountId", Account),
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

    private static string? Iso(string? text) => Utc(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

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
