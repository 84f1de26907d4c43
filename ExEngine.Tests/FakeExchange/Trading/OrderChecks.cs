namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>What is checked before an order is taken, in Binance's sequence: the symbol, its filters, then the engine.</summary>
internal static class OrderChecks
{
    /// <exception cref="RefusedException">The first thing that is wrong.</exception>
    public static void Check(FakeAccount account, OrderRequest request, Book book)
    {
        if (book.Market.Status != "TRADING")
        {
            throw RefusedException.Bad(-1013, "Market is closed.");
        }

        Filters.Check(request, book.Rules, book.Last);
        if (account.HasOpen(request.ClientOrderId))
        {
            throw RefusedException.Rejected("Duplicate order sent.");
        }

        Filters.CheckNumber(account, request);
        if (request.IsConditional && book.Reached(request))
        {
            throw RefusedException.Rejected("Stop price would trigger immediately.");
        }

        if (request.Type == FakeOrderType.LIMIT_MAKER && book.Offers(request.Side, request.Price).Any())
        {
            throw RefusedException.Rejected("Order would immediately match and take.");
        }
    }

    /// <summary>What a market order by quote quantity buys or sells: whole steps, never for more than was asked.</summary>
    /// <exception cref="RefusedException">The book has too little for one step.</exception>
    public static decimal QuantityFor(OrderRequest request, Book book)
    {
        var (left, quantity) = (request.QuoteQuantity!.Value, 0m);
        foreach (var (_, price, offered) in book.Offers(request.Side, null))
        {
            var taken = Math.Min(offered, left / price);
            quantity += taken;
            left -= taken * price;
        }

        quantity = Decimals.Floor(quantity, book.Rules.Step);
        return quantity >= book.Rules.MinQuantity && quantity > 0
            ? quantity
            : throw RefusedException.Rejected("Order book liquidity is less than LOT_SIZE filter minimum quantity.");
    }

    /// <summary>What must be free, in the asset that the order spends.</summary>
    public static decimal Needs(OrderRequest request, Book book, decimal quantity) =>
        request.Side == FakeSide.SELL ? quantity
        : (request.Price ?? request.StopPrice) is { } price ? price * quantity
        : Matching.Cost(book, quantity);
}
