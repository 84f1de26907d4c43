namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>What a fill does to the two balances and how its commission is taken: all of it exact.</summary>
internal static class Clearing
{
    private const int Places = 8;

    /// <summary>Moves the money of a fill and makes its trade. The order's locked amount pays.</summary>
    /// <param name="bnb">The price of BNB in an asset, null where there is none.</param>
    public static FakeTrade Settle(
        FakeOrder order,
        long tradeId,
        decimal price,
        decimal quantity,
        bool maker,
        DateTimeOffset at,
        Func<string, decimal?> bnb
    )
    {
        var (wallet, market) = (order.Account.Wallet, order.Market);
        var buys = order.Side == FakeSide.BUY;

        // Finer markets than Binance has may need more digits than a decimal holds; what is locked is never overdrawn.
        var quote = buys ? Math.Min(price * quantity, order.Locked) : price * quantity;
        wallet.SpendLocked(order.Spends, buys ? quote : quantity);
        order.Locked -= buys ? quote : quantity;
        wallet.Credit(buys ? market.Base : market.Quote, buys ? quantity : quote);
        var (asset, commission) = Commission(order, price, quantity, maker, bnb);
        wallet.Debit(asset, commission);
        return new FakeTrade(tradeId, order, price, quantity, quote, commission, asset, maker, at);
    }

    private static (string Asset, decimal Amount) Commission(
        FakeOrder order,
        decimal price,
        decimal quantity,
        bool maker,
        Func<string, decimal?> bnb
    )
    {
        var (terms, market) = (order.Account.Commission, order.Market);
        var rate = maker ? terms.Maker : terms.Taker;
        var inBase = (market.Base, Decimals.Cut(quantity * rate, Places));
        var inQuote = (market.Quote, Decimals.Cut(price * quantity * rate, Places));
        var received = order.Side == FakeSide.BUY ? inBase : inQuote;
        (string Asset, decimal Amount) wanted = terms.In switch
        {
            FakeCommissionAsset.Base => inBase,
            FakeCommissionAsset.Quote => inQuote,
            FakeCommissionAsset.Bnb when bnb(market.Quote) is { } one => ("BNB", Decimals.Cut(price * quantity * rate / one, Places)),
            _ => received,
        };
        return order.Account.Wallet.Free(wanted.Asset) >= wanted.Amount ? wanted : received;
    }
}
