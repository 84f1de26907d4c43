using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What would become of an order if it were placed now, through the same rules that will decide.</summary>
/// <param name="Input">What will be sent: on the market's steps, a cost turned into its quantity.</param>
/// <param name="Errors">What is missing or cannot be, by field.</param>
/// <param name="Rounded">What had to change to be on the steps.</param>
/// <param name="Refusal">The market's rule that it breaks; limits and trading state are looked at when it is placed.</param>
/// <param name="Cost">In quote, at its own price or at the last one.</param>
/// <param name="Fee">In quote: what the exchange takes at most, as far as it says.</param>
public sealed record TicketPreview(
    OrderInput Input,
    IDictionary<string, string[]> Errors,
    IReadOnlyList<RoundedNumber> Rounded,
    OrderRefusal? Refusal,
    decimal? Cost,
    decimal? Fee
)
{
    public bool CanPlace => Errors.Count == 0 && Refusal is null && Input.Quantity is > 0;

    /// <param name="last">Quote per base; null when no price is known.</param>
    public static TicketPreview Of(OrderInput input, Market? market, decimal? last)
    {
        var errors = new OrderInputValidator().Validate(input).ToDictionary();
        if (market is null)
        {
            return new(input, errors, [], null, null, null);
        }

        var rounded = OrderRounding.Round(OrderService.DraftOf(input, market, last), market);
        var draft = rounded.Draft;
        var cost = (OrderValidator.CostPrice(draft) ?? last) * draft.Quantity;
        return new(
            input with
            {
                Symbol = market.Symbol,
                Price = draft.Price,
                StopPrice = draft.StopPrice,
                Quantity = draft.Quantity,
                Cost = null,
            },
            errors,
            rounded.Changes,
            OrderValidator.Check(draft, market, last).Refusal,
            cost,
            cost * Max(market.TakerFee, market.MakerFee)
        );
    }

    private static decimal? Max(decimal? one, decimal? other) => one > other || other is null ? one : other;
}
