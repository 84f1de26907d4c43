using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Protection;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What would become of an order if it were placed now, through the same rules that will decide.</summary>
/// <param name="Input">What will be sent: on the market's steps, a cost turned into its quantity.</param>
/// <param name="Errors">What is missing or cannot be, by field.</param>
/// <param name="Rounded">What had to change to be on the steps.</param>
/// <param name="Refusal">The market's rule that it breaks; limits and trading state are looked at when it is placed.</param>
/// <param name="Cost">In quote, at its own price or at the last one.</param>
/// <param name="Fee">In quote: what the exchange takes at most, as far as it says.</param>
/// <param name="Protection">Of what is bought; null for none.</param>
public sealed record TicketPreview(
    OrderInput Input,
    IDictionary<string, string[]> Errors,
    IReadOnlyList<RoundedNumber> Rounded,
    OrderRefusal? Refusal,
    decimal? Cost,
    decimal? Fee,
    ProtectionInput? Protection = null
)
{
    public bool CanPlace => Errors.Count == 0 && Refusal is null && Input.Quantity is > 0;

    /// <param name="numbers">What was typed and is no number.</param>
    /// <param name="last">Quote per base; null when no price is known.</param>
    public static TicketPreview Of(
        OrderInput input,
        NumberFields numbers,
        Market? market,
        decimal? last,
        ProtectionInput? protection = null
    )
    {
        var found = new OrderInputValidator().Validate(input).ToDictionary();
        foreach (var (field, error) in protection is null ? [] : ProtectedOrderService.Errors(input, protection))
        {
            found[field] = error;
        }

        var errors = numbers.Over(found);
        if (market is null)
        {
            return new(input, errors, [], null, null, null);
        }

        var rounded = OrderRounding.Round(OrderService.DraftOf(input, market, last), market);
        var draft = rounded.Draft;
        var cost = Product(OrderValidator.CostPrice(draft) ?? last, draft.Quantity);
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
            Broken(OrderValidator.Check(draft, market, last), protection, last),
            cost,
            cost * Max(market.TakerFee, market.MakerFee),
            protection
        );
    }

    private static OrderRefusal? Broken(OrderVerdict verdict, ProtectionInput? protection, decimal? last) =>
        verdict.Refusal is { } refusal ? refusal
        : protection is not null && verdict.Order is { } order ? EntrySides.Check(protection, order, last)
        : null;

    // What no decimal holds is refused by the market's rules anyway.
    private static decimal? Product(decimal? price, decimal? quantity) =>
        price > 1 && quantity > decimal.MaxValue / price ? null : price * quantity;

    private static decimal? Max(decimal? one, decimal? other) => one > other || other is null ? one : other;
}
