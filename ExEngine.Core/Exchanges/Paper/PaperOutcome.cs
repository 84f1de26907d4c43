namespace ExEngine.Core.Exchanges.Paper;

/// <summary>What became of an order and of the two balances it touches.</summary>
/// <param name="Refusal">Why the exchange did not take the order; nothing changed then.</param>
public sealed record PaperOutcome(PaperOrder Order, PaperBalancePair Balances, PaperFill? Fill = null, ExchangeFault? Refusal = null);

/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base, before fees.</param>
/// <param name="Cost">In quote, before fees.</param>
/// <param name="FeeInBase">Otherwise it is in quote.</param>
public sealed record PaperFill(decimal Price, decimal Quantity, decimal Cost, decimal Fee, bool FeeInBase, bool IsMaker);
