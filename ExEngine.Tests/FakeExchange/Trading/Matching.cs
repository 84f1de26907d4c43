namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>
/// Fills orders from what a book offers. The world is the other side of every trade; orders of the fake exchange's own
/// accounts never meet each other. Every method is called under the venue's lock.
/// </summary>
internal sealed class Matching(Ledger ledger, Func<string, decimal?> bnb)
{
    private long _tradeId = 7_000_000;

    /// <summary>A new order, its money locked: it takes what it can; what is left waits or ends, as its type says.</summary>
    public void Enter(FakeOrder order, Book book, DateTimeOffset now)
    {
        if (order.Request.IsConditional && !order.Working)
        {
            book.Waiting.Add(order);
            return;
        }

        var limit = order.Request.Price;
        var can = Math.Min(order.Remaining, book.Offers(order.Side, limit).Sum(o => Math.Min(o.Quantity, order.Remaining)));
        if (order.Request.TimeInForce != FakeTimeInForce.FOK || can >= order.Remaining)
        {
            Fill(order, book, limit, maker: false, now);
        }

        if (order.Remaining == 0)
        {
            return;
        }

        if (order.Request.IsMarket || order.Request.TimeInForce != FakeTimeInForce.GTC)
        {
            End(order, book, FakeOrderStatus.EXPIRED, LedgerKind.Expiry, now);
            return;
        }

        book.Waiting.Add(order);
    }

    /// <summary>The price moved: stops that it reached go in, limits that it crossed fill.</summary>
    public void Match(Book book, DateTimeOffset now)
    {
        foreach (var order in book.Waiting.Where(o => !o.Working && book.Reached(o.Request)).ToList())
        {
            order.Working = true;
            book.Waiting.Remove(order);
            Afford(order, book);
            Enter(order, book, now);
        }

        foreach (
            var order in book
                .Waiting.Where(o => o.Working)
                .OrderBy(o => o.Side == FakeSide.BUY ? -o.Request.Price : o.Request.Price)
                .ThenBy(o => o.Id)
                .ToList()
        )
        {
            Fill(order, book, order.Request.Price, maker: true, now);
        }
    }

    /// <summary>The order is over; what it had locked is free again.</summary>
    public void End(FakeOrder order, Book book, FakeOrderStatus status, LedgerKind kind, DateTimeOffset now)
    {
        order.Status = status;
        order.UpdatedAt = now;
        Release(order);
        book.Waiting.Remove(order);
        order.Account.Close(order);
        ledger.Add(Lines.Of(order, kind) with { Quantity = order.Remaining });
    }

    private void Fill(FakeOrder order, Book book, decimal? limit, bool maker, DateTimeOffset now)
    {
        foreach (var (level, price, quantity) in book.Offers(order.Side, limit).ToList())
        {
            var filled = Math.Min(quantity, order.Fillable);
            if (filled <= 0)
            {
                break;
            }

            var at = maker ? order.Request.Price!.Value : price;
            book.Take(order.Side, level, at, filled);
            Record(order, Clearing.Settle(order, ++_tradeId, at, filled, maker, now, bnb), now);
        }

        if (order.Remaining == 0)
        {
            order.Status = FakeOrderStatus.FILLED;
            Release(order);
            book.Waiting.Remove(order);
            order.Account.Close(order);
        }
        else if (order.Side == FakeSide.BUY && order.Request.Price is { } price)
        {
            // Filled below its limit: the rest needs less than is locked.
            Unlock(order, order.Locked - (price * order.Remaining));
        }
    }

    private void Record(FakeOrder order, FakeTrade trade, DateTimeOffset now)
    {
        order.Executed += trade.Quantity;
        order.ExecutedQuote += trade.QuoteQuantity;
        order.Status = FakeOrderStatus.PARTIALLY_FILLED;
        order.UpdatedAt = now;
        order.Trades.Add(trade);
        order.Account.Trades.Add(trade);
        ledger.Add(Lines.Of(trade));
    }

    // A triggered market buy may cost more than was locked at its stop price: it takes more, or buys less.
    private static void Afford(FakeOrder order, Book book)
    {
        if (order.Side == FakeSide.SELL || !order.Request.IsMarket)
        {
            return;
        }

        var wallet = order.Account.Wallet;
        var cost = Cost(book, order.Remaining);
        var more = Math.Min(cost - order.Locked, wallet.Free(order.Spends));
        if (more > 0)
        {
            wallet.Lock(order.Spends, more);
            order.Locked += more;
        }

        while (order.Locked < Cost(book, order.Fillable))
        {
            var worst = book.Offers(order.Side, null).TakeWhile((_, i) => i < book.Settings.Levels).Max(o => o.Price);
            order.Cap = Decimals.Floor(Math.Min(order.Locked / worst, order.Fillable - book.Rules.Step), book.Rules.Step);
        }
    }

    public static decimal Cost(Book book, decimal quantity)
    {
        var cost = 0m;
        foreach (var (_, price, offered) in book.Offers(FakeSide.BUY, null))
        {
            var taken = Math.Min(offered, quantity);
            cost += taken * price;
            quantity -= taken;
        }

        return cost;
    }

    private static void Release(FakeOrder order) => Unlock(order, order.Locked);

    private static void Unlock(FakeOrder order, decimal amount)
    {
        order.Account.Wallet.Unlock(order.Spends, amount);
        order.Locked -= amount;
    }
}
