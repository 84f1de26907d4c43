using ExEngine.Core.Markets;
using System.Globalization;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Rows of the paper exchange as every exchange shows them; numbers without the zeros that SQLite writes at their end.</summary>
internal static class PaperViews
{
    public static ExchangeOrder Of(PaperOrder order, IReadOnlyList<ExchangeTrade>? trades = null) => new()
    {
        ExchangeOrderId = Id(order.Number),
        ClientId = order.ClientId,
        Symbol = order.Symbol,
        Status = order.Status,
        Side = order.Side,
        Quantity = StepMath.Shortest(order.Quantity),
        Executed = StepMath.Shortest(order.Executed),
        ExecutedCost = StepMath.Shortest(order.ExecutedCost),
        CreatedAt = order.CreatedAt,
        Trades = trades,
    };

    public static ExchangeTrade Of(PaperTrade trade) => new()
    {
        TradeId = Id(trade.Number),
        ExchangeOrderId = Id(trade.OrderNumber),
        Symbol = trade.Symbol,
        Side = trade.Side,
        Price = StepMath.Shortest(trade.Price),
        Quantity = StepMath.Shortest(trade.Quantity),
        Cost = StepMath.Shortest(trade.Cost),
        Fee = StepMath.Shortest(trade.Fee),
        FeeAsset = trade.Fee == 0 ? null : trade.FeeAsset,
        IsMaker = trade.IsMaker,
        At = trade.At,
    };

    /// <summary>The row's number; null when the text is no id of this exchange.</summary>
    public static long? Number(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
