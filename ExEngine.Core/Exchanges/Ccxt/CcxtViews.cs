using System.Globalization;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>The gateway's answers as the engine's types. Throws <see cref="FormatException"/> for what cannot be read.</summary>
internal static class CcxtViews
{
    public static ExchangeOrder Order(CcxtOrder order) =>
        new()
        {
            ExchangeOrderId = order.Id ?? throw new FormatException("An order without an id."),
            ClientId = order.ClientId,
            Symbol = order.Symbol ?? "",
            Status = Status(order),
            Side = Side(order.Side),
            Quantity = Number(order.Quantity) ?? 0,
            FilledQuantity = Number(order.FilledQuantity) ?? 0,
            ExecutedCost = Number(order.Cost) ?? 0,
            CreatedAt = Time(order.At),
            Trades = order.Trades is { } trades ? [.. trades.Select(Trade)] : null,
        };

    public static ExchangeTrade Trade(CcxtTrade trade)
    {
        var price = Number(trade.Price) ?? throw new FormatException("A trade without a price.");
        var quantity = Number(trade.Quantity) ?? throw new FormatException("A trade without a quantity.");
        var fee = Number(trade.Fee) ?? 0;
        return new()
        {
            TradeId = trade.Id ?? throw new FormatException("A trade without an id."),
            ExchangeOrderId = trade.OrderId ?? "",
            Symbol = trade.Symbol ?? "",
            Side = Side(trade.Side),
            Price = price,
            Quantity = quantity,
            Cost = Number(trade.Cost) ?? price * quantity,
            Fee = fee,
            FeeAsset = fee == 0 ? null : trade.FeeAsset,
            IsMaker = trade.Maker,
            At = Time(trade.At) ?? throw new FormatException("A trade without a time."),
        };
    }

    public static AssetBalance Balance(CcxtBalance balance)
    {
        var (free, used, total) = (Number(balance.Free), Number(balance.Used), Number(balance.Total));
        return new(balance.Asset, free ?? (total - used) ?? 0, used ?? (total - free) ?? 0);
    }

    /// <summary>Null while the market has no price.</summary>
    public static Ticker? Ticker(CcxtTicker ticker, DateTime now) =>
        Number(ticker.Last) is { } last ? new(ticker.Symbol, last, Number(ticker.Bid), Number(ticker.Ask), Time(ticker.At) ?? now) : null;

    /// <summary>Null for an interval without a price.</summary>
    public static Candle? Candle(CcxtCandle candle) =>
        (Number(candle.Open), Number(candle.High), Number(candle.Low), Number(candle.Close)) is ({ } open, { } high, { } low, { } close)
            ? new(Time(candle.At)!.Value, open, high, low, close, Number(candle.Volume) ?? 0)
            : null;

    public static TimeSpan Drift(CcxtReply answer) =>
        answer.Drift is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : throw new FormatException("No time.");

    // CCXT says "closed" of every order that has ended well, which on some exchanges includes one that ended early.
    private static ExchangeOrderStatus Status(CcxtOrder order) =>
        order.Status switch
        {
            "closed" when Number(order.Quantity) is { } asked && Number(order.FilledQuantity) is { } executed && executed < asked =>
                ExchangeOrderStatus.Expired,
            "closed" => ExchangeOrderStatus.Filled,
            "canceled" => ExchangeOrderStatus.Canceled,
            "expired" => ExchangeOrderStatus.Expired,
            "rejected" => ExchangeOrderStatus.Rejected,
            _ => ExchangeOrderStatus.Open,
        };

    private static OrderSide Side(string? side) => side == "sell" ? OrderSide.Sell : OrderSide.Buy;

    /// <summary>Without the zeros at the end that exchanges like to write.</summary>
    private static decimal? Number(string? text) =>
        string.IsNullOrEmpty(text) ? null : IncrementMath.Shortest(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static DateTime? Time(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime : null;
}
