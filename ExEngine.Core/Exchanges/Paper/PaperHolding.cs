namespace ExEngine.Core.Exchanges.Paper;

/// <summary>What a paper account has of one asset; neither number is ever below zero.</summary>
public sealed class PaperHolding
{
    public Guid AccountId { get; set; }
    public required string Asset { get; set; }
    public decimal Free { get; set; }

    /// <summary>Locked in open orders: the sum of their <see cref="PaperOrder.Locked"/>.</summary>
    public decimal Used { get; set; }
}
