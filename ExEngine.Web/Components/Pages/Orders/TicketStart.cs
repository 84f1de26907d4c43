using ExEngine.Core.Markets;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What a ticket is filled with when it opens.</summary>
public sealed record TicketStart(Guid? AccountId = null, string? Symbol = null, OrderSide? Side = null)
{
    public string Address
    {
        get
        {
            var query = string.Join(
                '&',
                new[] { ("accountId", AccountId?.ToString()), ("symbol", Symbol), ("side", Side?.ToString().ToLowerInvariant()) }
                    .Where(p => p.Item2 is not null)
                    .Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}")
            );
            return "orders/new" + (query.Length > 0 ? "?" + query : "");
        }
    }
}
