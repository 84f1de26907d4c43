namespace ExEngine.Core.Markets;

/// <summary>Only spot markets are traded: of a derivative, quantity, margin and what closing means are others.</summary>
public static class SpotRule
{
    /// <summary>Null on a spot market.</summary>
    public static OrderRefusal? Refusal(Market market) =>
        market.Kind == "spot"
            ? null
            : new OrderRefusal(
                RefusalCodes.SpotOnly,
                "symbol",
                market.Symbol,
                "spot",
                [],
                $"{market.Symbol} is a {market.Kind} market, and only spot is traded; send the spot symbol."
            );
}
