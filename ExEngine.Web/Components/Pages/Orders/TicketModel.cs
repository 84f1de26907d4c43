using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>An order while it is typed.</summary>
internal sealed class TicketModel
{
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public OrderSide Side { get; set; }
    public OrderType Type { get; set; }
    public string? Price { get; set; }
    public string? StopPrice { get; set; }

    /// <summary>In base, or in quote when <see cref="SizeIsCost"/>.</summary>
    public string? Size { get; set; }
    public bool SizeIsCost { get; set; }
    public TimeInForce Time { get; set; }
    public bool ReduceOnly { get; set; }

    public bool HasPrice => Type is OrderType.Limit or OrderType.StopLimit;
    public bool HasStop => Type is OrderType.Stop or OrderType.StopLimit;

    /// <summary>Only what counts for this type and side: what was typed for another stays in its field, and out of the order.</summary>
    public OrderInput Input() =>
        new()
        {
            AccountId = AccountId,
            Symbol = Symbol,
            Side = Side,
            Type = Type,
            Price = HasPrice ? Number(Price) : null,
            StopPrice = HasStop ? Number(StopPrice) : null,
            Quantity = SizeIsCost ? null : Number(Size),
            Cost = SizeIsCost ? Number(Size) : null,
            TimeInForce = HasPrice ? Time : null,
            ReduceOnly = ReduceOnly && Side == OrderSide.Sell ? true : null,
        };

    // What is no number becomes 0, which the validator refuses by saying what is allowed.
    private static decimal? Number(string? text) => NumberText.TryRead(text, out var value) ? value : 0;
}
