using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Text;

namespace ExEngine.Web.Api;

/// <summary>The filters of an order list as a query states them.</summary>
/// <param name="Status">An <see cref="OrderStatus"/> or an <see cref="OrderGroup"/> by name.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public readonly record struct OrderListQuery(string? Status, string? Symbol, Guid? AccountId, DateTimeOffset? From, DateTimeOffset? To)
{
    private static readonly string Names = string.Join(
        ", ",
        Enum.GetNames<OrderGroup>().Concat(Enum.GetNames<OrderStatus>()).Select(RestName.Of)
    );

    /// <summary>Null when all fields can be understood.</summary>
    public Dictionary<string, string[]>? Errors
    {
        get
        {
            var errors = new Dictionary<string, string[]>();
            if (!string.IsNullOrEmpty(Status) && RestName.Find<OrderGroup>(Status) is null && RestName.Find<OrderStatus>(Status) is null)
            {
                errors["status"] = [$"status is one of {Names}."];
            }

            if (Symbol is not null && !StoredText.Fits(Symbol))
            {
                errors["symbol"] = [$"symbol {StoredText.Rule}"];
            }

            if (From >= To)
            {
                errors["to"] = ["to is later than from."];
            }

            return errors.Count == 0 ? null : errors;
        }
    }

    public OrderFilter Filter =>
        new()
        {
            Group = RestName.Find<OrderGroup>(Status),
            Status = RestName.Find<OrderStatus>(Status),
            Symbol = string.IsNullOrWhiteSpace(Symbol) ? null : Symbol,
            AccountId = AccountId,
            From = From?.UtcDateTime,
            To = To?.UtcDateTime,
        };
}
