using System.Globalization;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Rows of the paper exchange as every exchange shows them; numbers without the zeros that SQLite writes at their end.</summary>
internal static class PaperViews
{
    public static ExchangeOrder Of(PaperOrder order, IReadOnlyList<ExchangeTrade>? trades = null) =>
        new()
        {
            ExchangeOrderId = Id(order.Number),
            ClientId = order.ClientId,
            Symbol = order.Symbol,
            Status = order.Status,
            Side = order.Side,
            Quantity = IncrementMath.Shortest(order.Quantity),
            FilledQuantity = IncrementMath.Shortest(order.FilledQuantity),
            ExecutedCost = IncrementMath.Shortest(order.ExecutedCost),
            CreatedAt = order.CreatedAt,
            Trades = trades,
        };

    public static ExchangeTrade Of(PaperTrade trade) =>
        new()
        {
            TradeId = Id(trade.Number),
            ExchangeOrderId = Id(trade.OrderNumber),
            Symbol = trade.Symbol,
            Side = trade.Side,
            Price = IncrementMath.Shortest(trade.Price),
            Quantity = IncrementMath.Shortest(trade.Quantity),
            Cost = IncrementMath.Shortest(trade.Cost),
            Fee = IncrementMath.Shortest(trade.Fee),
            FeeAsset = trade.Fee == 0 ? null : trade.FeeAsset,
            IsMaker = trade.IsMaker,
            At = trade.At,
        };

    /// <summary>The row's number; null when the text is no id of this exchange.</summary>
    public static long? Number(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
