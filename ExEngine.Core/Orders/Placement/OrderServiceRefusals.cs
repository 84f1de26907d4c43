using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Placement;

/// <summary>Why an order cannot even be checked, and why a person may not have as much as is asked.</summary>
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
        TooMuch(
            RefusalCodes.NotHeld,
            asked,
            most,
            $"{ExactJson.Text(asked)} {market.Base} are to be sold reduce-only, and the positions in {market.Symbol} hold {ExactJson.Text(most)} that no other order sells{(most > 0 ? "; send that or less" : "")}."
        );

    /// <summary>A quantity above what there is, which is the nearest allowed.</summary>
    public static OrderRefusal TooMuch(string code, decimal asked, decimal most, string message) =>
        new(code, "quantity", ExactJson.Text(asked), ExactJson.Text(most), most > 0 ? [ExactJson.Text(most)] : [], message);

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
