namespace ExEngine.Core.Risk;

/// <summary>A position of a scope, as far as limits look at it.</summary>
/// <param name="Quantity">In base.</param>
/// <param name="EntryCost">In quote.</param>
/// <param name="RealizedProfit">In quote, ever.</param>
/// <param name="IsOpen">False when nothing is left but what cannot be sold: that needs no price.</param>
public sealed record HeldPosition(
    string Exchange,
    string Symbol,
    string Quote,
    decimal Quantity,
    decimal EntryCost,
    decimal RealizedProfit,
    bool IsOpen
);
