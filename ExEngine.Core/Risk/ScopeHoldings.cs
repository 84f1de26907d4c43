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

/// <summary>What an order may still buy, or has bought without its fills being counted in a position yet.</summary>
/// <param name="Quantity">In base.</param>
/// <param name="Price">Quote per base, the order's own; null when it has none.</param>
public sealed record OpenBuy(string Exchange, string Symbol, string Quote, decimal Quantity, decimal? Price);

/// <param name="Amount">In quote; negative is a loss.</param>
public sealed record RealizedAmount(string Exchange, string Quote, decimal Amount);
