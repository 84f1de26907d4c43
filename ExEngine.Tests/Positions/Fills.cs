using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Tests.Positions;

/// <summary>Fills of BTC/USDT to test with.</summary>
internal static class Fills
{
    public static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public static Fill Buy(int tradeId, decimal quantity, decimal price, decimal fee = 0, string? feeAsset = null) =>
        Of(OrderSide.Buy, tradeId, quantity, price, fee, feeAsset);

    public static Fill Sell(int tradeId, decimal quantity, decimal price, decimal fee = 0, string? feeAsset = null) =>
        Of(OrderSide.Sell, tradeId, quantity, price, fee, feeAsset);

    public static Holding Count(params Fill[] fills) => PositionMath.Of("BTC", "USDT", fills).Holding;

    private static Fill Of(OrderSide side, int tradeId, decimal quantity, decimal price, decimal fee, string? feeAsset) =>
        new()
        {
            Id = Guid.NewGuid(),
            Symbol = "BTC/USDT",
            ExchangeTradeId = tradeId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Side = side,
            Price = price,
            Quantity = quantity,
            Cost = price * quantity,
            Fee = fee,
            FeeAsset = feeAsset,
            At = Start.AddSeconds(tradeId),
        };
}
