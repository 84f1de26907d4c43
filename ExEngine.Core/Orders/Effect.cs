namespace ExEngine.Core.Orders;

/// <summary>What an order does to its position. A halt stops what opens and never what reduces.</summary>
public enum Effect
{
    Open,
    Reduce,
}
