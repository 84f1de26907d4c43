using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Orders and trades as Binance writes them.</summary>
internal static class OrderJson
{
    /// <param name="kind">ACK, RESULT or FULL.</param>
    public static JsonObject Placed(FakeOrder order, string kind)
    {
        var json = new JsonObject
        {
            ["symbol"] = order.Request.Symbol,
            ["orderId"] = order.Id,
            ["orderListId"] = -1,
            ["clientOrderId"] = order.Request.ClientOrderId,
            ["transactTime"] = order.At.ToUnixTimeMilliseconds(),
        };
        if (kind == "ACK")
        {
            return json;
        }

        AddFacts(json, order);
        json["workingTime"] = order.Working ? order.At.ToUnixTimeMilliseconds() : -1;
        if (kind == "FULL")
        {
            json["fills"] = new JsonArray([.. order.Trades.Select(Filled)]);
        }

        json["selfTradePreventionMode"] = "EXPIRE_MAKER";
        return json;
    }

    public static JsonObject Asked(FakeOrder order)
    {
        var json = new JsonObject
        {
            ["symbol"] = order.Request.Symbol,
            ["orderId"] = order.Id,
            ["orderListId"] = -1,
            ["clientOrderId"] = order.Request.ClientOrderId,
        };
        AddFacts(json, order);
        json["stopPrice"] = Decimals.Text(order.Request.StopPrice ?? 0);
        json["icebergQty"] = Decimals.Text(0);
        json["time"] = order.At.ToUnixTimeMilliseconds();
        json["updateTime"] = order.UpdatedAt.ToUnixTimeMilliseconds();
        json["isWorking"] = order.Working;
        json["workingTime"] = order.Working ? order.At.ToUnixTimeMilliseconds() : -1;
        json["selfTradePreventionMode"] = "EXPIRE_MAKER";
        return json;
    }

    /// <summary>In this answer <c>clientOrderId</c> is that of the cancelling, as at Binance.</summary>
    public static JsonObject Cancelled(FakeOrder order, string? clientIdOfCancel)
    {
        var json = new JsonObject
        {
            ["symbol"] = order.Request.Symbol,
            ["origClientOrderId"] = order.Request.ClientOrderId,
            ["orderId"] = order.Id,
            ["orderListId"] = -1,
            ["clientOrderId"] = clientIdOfCancel ?? OrderParameters.NewClientId(),
            ["transactTime"] = order.UpdatedAt.ToUnixTimeMilliseconds(),
        };
        AddFacts(json, order);
        json["selfTradePreventionMode"] = "EXPIRE_MAKER";
        return json;
    }

    public static JsonObject Of(FakeTrade trade) =>
        new()
        {
            ["symbol"] = trade.Order.Request.Symbol,
            ["id"] = trade.Id,
            ["orderId"] = trade.Order.Id,
            ["orderListId"] = -1,
            ["price"] = Decimals.Text(trade.Price),
            ["qty"] = Decimals.Text(trade.Quantity),
            ["quoteQty"] = Decimals.Text(trade.QuoteQuantity),
            ["commission"] = Decimals.Text(trade.Commission),
            ["commissionAsset"] = trade.CommissionAsset,
            ["time"] = trade.At.ToUnixTimeMilliseconds(),
            ["isBuyer"] = trade.Order.Side == FakeSide.BUY,
            ["isMaker"] = trade.Maker,
            ["isBestMatch"] = true,
        };

    private static JsonObject Filled(FakeTrade trade) =>
        new()
        {
            ["price"] = Decimals.Text(trade.Price),
            ["qty"] = Decimals.Text(trade.Quantity),
            ["commission"] = Decimals.Text(trade.Commission),
            ["commissionAsset"] = trade.CommissionAsset,
            ["tradeId"] = trade.Id,
        };

    private static void AddFacts(JsonObject json, FakeOrder order)
    {
        json["price"] = Decimals.Text(order.Request.Price ?? 0);
        json["origQty"] = Decimals.Text(order.Quantity);
        json["executedQty"] = Decimals.Text(order.Executed);
        json["origQuoteOrderQty"] = Decimals.Text(order.Request.QuoteQuantity ?? 0);
        json["cummulativeQuoteQty"] = Decimals.Text(order.ExecutedQuote);
        json["status"] = order.Status.ToString();
        json["timeInForce"] = order.Request.TimeInForce.ToString();
        json["type"] = order.Request.Type.ToString();
        json["side"] = order.Side.ToString();
        if (order.Request.StopPrice is { } stop)
        {
            json["stopPrice"] = Decimals.Text(stop);
        }
    }
}
