namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>The exchange itself, without HTTP: markets, accounts, orders. One lock; everything is in memory.</summary>
internal sealed class Venue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Book> _books = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly Matching _matching;
    private long _orderId = 1_000_000;

    public Venue(IEnumerable<FakeMarket> markets, Ledger ledger, TimeProvider time)
    {
        (Ledger, _time) = (ledger, time);
        _matching = new Matching(ledger, quote => _books.GetValueOrDefault("BNB" + quote)?.Last);
        foreach (var market in markets)
        {
            SetMarket(market);
        }
    }

    public Ledger Ledger { get; }
    public Accounts Accounts { get; } = new();

    /// <summary>How far the exchange's clock is ahead of the real one.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>For so long no question finds a new order.</summary>
    public TimeSpan QueryLag { get; set; }

    public DateTimeOffset Now => _time.GetUtcNow() + ClockOffset;

    /// <summary>Everything that reads or changes orders, balances or prices happens in here.</summary>
    public T Locked<T>(Func<T> act)
    {
        lock (_lock)
        {
            return act();
        }
    }

    public IReadOnlyCollection<Book> BooksUnderLock => _books.Values;

    /// <exception cref="RefusedException">There is no such symbol.</exception>
    public Book BookUnderLock(string? symbol) =>
        symbol is not null && _books.TryGetValue(symbol, out var book) ? book : throw RefusedException.Bad(-1121, "Invalid symbol.");

    public void SetMarket(FakeMarket market) =>
        Locked(() =>
        {
            if (_books.TryGetValue(market.Id, out var book))
            {
                book.Change(market);
            }
            else
            {
                _books[market.Id] = book = new Book(market);
                book.Quote(market.StartPrice, Now);
            }

            return book;
        });

    public void SetPrice(string symbol, decimal price) =>
        Locked(() =>
        {
            var book = BookUnderLock(symbol);
            book.Quote(price, Now);
            _matching.Match(book, Now);
            return book;
        });

    public void SetCandles(string symbol, FakeClose[] closes) =>
        Locked(() =>
        {
            var book = BookUnderLock(symbol);
            book.Candles.Set(closes);
            return book;
        });

    public void SetBook(string symbol, FakeBook settings) =>
        Locked(() =>
        {
            var book = BookUnderLock(symbol);
            book.Offer(settings);
            _matching.Match(book, Now);
            return book;
        });

    /// <summary>Places an order, or throws without having changed anything.</summary>
    public FakeOrder PlaceUnderLock(FakeAccount account, OrderRequest request)
    {
        var book = BookUnderLock(request.Symbol);
        OrderChecks.Check(account, request, book);
        var quantity = request.Quantity ?? OrderChecks.QuantityFor(request, book);
        var locked = OrderChecks.Needs(request, book, quantity);
        var now = Now;
        var order = new FakeOrder(++_orderId, account, book.Market, request, quantity, now) { VisibleAt = _time.GetUtcNow() + QueryLag };
        if (account.Wallet.Free(order.Spends) < locked)
        {
            throw RefusedException.Poor();
        }

        account.Wallet.Lock(order.Spends, locked);
        order.Locked = locked;
        account.Add(order);
        Ledger.Add(Lines.Of(order, LedgerKind.Order));
        _matching.Enter(order, book, now);
        return order;
    }

    public void CancelUnderLock(FakeOrder order) =>
        _matching.End(order, _books[order.Request.Symbol], FakeOrderStatus.CANCELED, LedgerKind.Cancel, Now);

    /// <summary>
    /// Ends an open order as the exchange does by itself: to keep an account from trading with itself, or so that no question and no list
    /// knows it any more.
    /// </summary>
    public void End(string account, string clientOrderId, bool isForgotten) =>
        Locked(() =>
        {
            var holder = Accounts[account];
            var order = holder.Find(clientOrderId) ?? throw RefusedException.Bad(-2013, "Order does not exist.");
            _matching.End(order, _books[order.Request.Symbol], FakeOrderStatus.EXPIRED_IN_MATCH, LedgerKind.Expiry, Now);
            if (isForgotten)
            {
                holder.Forget(order);
            }

            return order;
        });

    public bool IsVisible(FakeOrder order) => order.VisibleAt <= _time.GetUtcNow();
}
