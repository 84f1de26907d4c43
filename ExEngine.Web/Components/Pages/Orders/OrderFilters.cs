using System.Globalization;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Text;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>The filters as the page's address carries them; whatever cannot be read there does not narrow.</summary>
/// <param name="Status">A group or a status by name.</param>
/// <param name="From">UTC, as a date-time field writes it: <c>2026-01-31T08:00</c>.</param>
public sealed record OrderFilters(string? Status, string? Symbol, string? Account, string? From, string? To)
{
    public static readonly OrderFilters None = new(null, null, null, null, null);

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
    public string Address(Guid? order = null)
    {
        var query = string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return (order is { } id ? $"orders/{id}" : "orders") + (query.Length > 0 ? "?" + query : "");
    }

    /// <summary>Empty text, and text that no database holds, is no filter.</summary>
    public static OrderFilters Of(string? status, string? symbol, string? account, string? from, string? to) =>
        new(NotEmpty(status), NotEmpty(symbol), NotEmpty(account), NotEmpty(from), NotEmpty(to));

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        foreach (var (name, value) in new[] { ("status", Status), ("symbol", Symbol), ("accountId", Account), ("from", From), ("to", To) })
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) || !StoredText.Fits(text) ? null : text.Trim();

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
