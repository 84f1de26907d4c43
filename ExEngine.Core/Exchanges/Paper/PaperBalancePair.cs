using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>What an account has of the two assets of one market.</summary>
public readonly record struct PaperBalancePair(decimal BaseFree, decimal BaseUsed, decimal QuoteFree, decimal QuoteUsed)
{
    /// <summary>What an order of this side pays with.</summary>
    public decimal Free(OrderSide side) => side == OrderSide.Buy ? QuoteFree : BaseFree;

    /// <summary>Sets aside what an order of this side pays with; a negative amount gives it back.</summary>
    public PaperBalancePair Lock(OrderSide side, decimal amount) =>
        side == OrderSide.Buy
            ? this with
            {
                QuoteFree = QuoteFree - amount,
                QuoteUsed = QuoteUsed + amount,
            }
            : this with
            {
                BaseFree = BaseFree - amount,
                BaseUsed = BaseUsed + amount,
            };

    /// <summary>Pays and receives, both free.</summary>
    public PaperBalancePair Exchange(OrderSide side, decimal paid, decimal received) =>
        side == OrderSide.Buy
            ? this with
            {
                QuoteFree = QuoteFree - paid,
                BaseFree = BaseFree + received,
            }
            : this with
            {
                BaseFree = BaseFree - paid,
                QuoteFree = QuoteFree + received,
            };
}
