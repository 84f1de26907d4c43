using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Placement;

/// <summary>Why an order cannot even be checked.</summary>
internal static class OrderServiceRefusals
{
    public static OrderRefusal PriceUnknown { get; } =
        new(
            RefusalCodes.PriceUnknown,
            "cost",
            null,
            null,
            [],
            "There is no price now to turn the cost into a quantity; state the quantity, or try again."
        );

    public static OrderRefusal NotHeld(Market market, decimal asked, decimal most) =>
        new(
            RefusalCodes.NotHeld,
            "quantity",
            ExactJson.Text(asked),
            ExactJson.Text(most),
            most > 0 ? [ExactJson.Text(most)] : [],
            $"{ExactJson.Text(asked)} {market.Base} are to be sold reduce-only, and the positions in {market.Symbol} hold {ExactJson.Text(most)} that no other order sells{(most > 0 ? "; send that or less" : "")}."
        );

    public static OrderRefusal RulesUnknown(string exchange) =>
        new(
            RefusalCodes.MarketsUnavailable,
            "symbol",
            null,
            null,
            [],
            $"The rules of {exchange} cannot be read now, and nothing is sent unchecked. Try again when it answers."
        );
}
