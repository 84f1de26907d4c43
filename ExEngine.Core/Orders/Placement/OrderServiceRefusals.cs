using ExEngine.Core.Markets;

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
