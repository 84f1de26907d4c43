namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>What the ledger says about an order and about a fill.</summary>
internal static class Lines
{
    public static LedgerEntry Of(FakeOrder order, LedgerKind kind) =>
        new()
        {
            Kind = kind,
            Account = order.Account.Name,
            Symbol = order.Request.Symbol,
            ClientOrderId = order.Request.ClientOrderId,
            OrderId = order.Id,
            Side = order.Side.ToString(),
            Type = order.Request.Type.ToString(),
            Price = order.Request.Price,
            StopPrice = order.Request.StopPrice,
            Quantity = order.Quantity,
            BaseAsset = order.Market.Base,
            QuoteAsset = order.Market.Quote,
        };

    public static LedgerEntry Of(FakeTrade trade) =>
        Of(trade.Order, LedgerKind.Fill) with
        {
            Price = trade.Price,
            StopPrice = null,
            Quantity = trade.Quantity,
            QuoteQuantity = trade.QuoteQuantity,
            TradeId = trade.Id,
            Commission = trade.Commission,
            CommissionAsset = trade.CommissionAsset,
            Maker = trade.Maker,
        };
}
