using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>On what terms a paper order is filled.</summary>
/// <param name="MakerFee">As a fraction, like <paramref name="TakerFee"/>.</param>
/// <param name="Liquidity">In quote: the most that one price change fills of one order; null for no limit.</param>
public sealed record PaperTerms(
    Increments QuantityIncrements,
    decimal MakerFee,
    decimal TakerFee,
    PaperFeeAsset FeeAsset,
    decimal? Liquidity
)
{
    private const decimal UsualFee = 0.001m;

    public static PaperTerms Of(Market market, PaperOptions options) =>
        new(
            market.QuantityIncrements,
            options.MakerFee ?? market.MakerFee ?? UsualFee,
            options.TakerFee ?? market.TakerFee ?? UsualFee,
            options.FeeAsset,
            options.Liquidity
        );

    public bool FeeInBase(OrderSide side) =>
        FeeAsset == PaperFeeAsset.Base || (FeeAsset == PaperFeeAsset.Received && side == OrderSide.Buy);
}
