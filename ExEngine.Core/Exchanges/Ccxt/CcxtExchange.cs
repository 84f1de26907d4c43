using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>One live account, through CCXT in the gateway.</summary>
/// <param name="ended">Told how every question ended: null when it was answered well.</param>
internal sealed class CcxtExchange(CcxtCall call, CcxtQuestion account, Action<ExchangeFault?> ended, TimeProvider time) : IExchange
{
    public Task<ExchangeResult<ExchangeOrder>> PlaceAsync(
        ValidatedOrder order,
        string clientId,
        DateTime deadline,
        CancellationToken cancellationToken
    )
    {
        var draft = order.Draft;
        if (draft.Type == OrderType.TrailingStop || draft.TimeInForce == TimeInForce.Day)
        {
            return Task.FromResult(
                ExchangeResult.Refused<ExchangeOrder>(
                    new(
                        FaultKind.NotSupported,
                        FaultCodes.NotSupported,
                        "Trailing stops and day orders are not sent to exchanges; the engine keeps them itself."
                    )
                )
            );
        }

        var (cost, refusal) = draft is { Side: OrderSide.Buy, Type: OrderType.Market }
            ? MarketBuyCost.Of(draft, order.Market, order.ReferencePrice)
            : (draft.Cost, null);
        if (refusal is not null && ExchangeInfo.BuysByCost(account.Exchange))
        {
            return Task.FromResult(ExchangeResult.Refused<ExchangeOrder>(new(FaultKind.Rule, refusal.Code, refusal.Message)));
        }

        var question = account with
        {
            Request = Guid.NewGuid(),
            Deadline = Milliseconds(deadline),
            Symbol = order.Market.Symbol,
            ClientId = clientId,
            Side = draft.Side == OrderSide.Buy ? "buy" : "sell",
            Type = draft.Type is OrderType.Limit or OrderType.StopLimit ? "limit" : "market",
            Quantity = Text(draft.Quantity),

            // Beside a quantity: the gateway sends one of the two, as the exchange and the kind of account want it.
            Cost = Text(draft.Cost ?? cost),
            Price = Text(draft.Price),
            StopPrice = draft.Type is OrderType.Stop or OrderType.StopLimit ? Text(draft.StopPrice) : null,
            TimeInForce = TimeInForceOf(draft),
            ReduceOnly = draft.ReduceOnly ? true : null,
            PostOnly = draft.PostOnly ? true : null,
        };
        return AskAsync("/place", question, writes: true, OneOrder, cancellationToken);
    }

    public Task<ExchangeResult<ExchangeOrder>> CancelAsync(OrderName order, CancellationToken cancellationToken) =>
        AskAsync("/cancel", Of(order), writes: true, OneOrder, cancellationToken);

    public async Task<ExchangeResult<ExchangeOrder?>> FindAsync(OrderName order, CancellationToken cancellationToken)
    {
        var found = await AskAsync("/find", Of(order), writes: false, a => a.Order is { } o ? CcxtViews.Order(o) : null, cancellationToken);
        return found.Fault?.Kind == FaultKind.OrderUnknown ? ExchangeResult.Done<ExchangeOrder?>(null) : found;
    }

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellationToken) =>
        AskAsync("/openOrders", account with { Symbol = symbol }, writes: false, Orders, cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<ExchangeOrder>>> RecentOrdersAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    ) => AskAsync("/recentOrders", account with { Symbol = symbol, Since = Milliseconds(since) }, writes: false, Orders, cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesAsync(
        string symbol,
        DateTime since,
        CancellationToken cancellationToken
    ) => AskAsync("/trades", account with { Symbol = symbol, Since = Milliseconds(since) }, writes: false, Trades, cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<ExchangeTrade>>> TradesOfAsync(
        OrderName order,
        DateTime since,
        CancellationToken cancellationToken
    ) => AskAsync("/tradesOf", Of(order) with { Since = Milliseconds(since) }, writes: false, Trades, cancellationToken);

    public Task<ExchangeResult<IReadOnlyList<AssetBalance>>> BalancesAsync(CancellationToken cancellationToken) =>
        AskAsync("/balances", account, writes: false, Balances, cancellationToken);

    public Task<ExchangeResult<Ticker>> TickerAsync(string symbol, CancellationToken cancellationToken) =>
        AskAsync("/ticker", account with { Keys = null, Symbol = symbol }, writes: false, OneTicker, cancellationToken);

    public Task<ExchangeResult<KeyRights>> KeyRightsAsync(CancellationToken cancellationToken) =>
        AskAsync("/keyRights", account, writes: false, a => a.Rights ?? throw new FormatException("No rights."), cancellationToken);

    public Task<ExchangeResult<TimeSpan>> ClockDriftAsync(CancellationToken cancellationToken) =>
        AskAsync("/clock", account with { Keys = null }, writes: false, CcxtViews.Drift, cancellationToken);

    public IAsyncEnumerable<string> ChangesAsync(CancellationToken cancellationToken) => call.ChangesAsync(account, cancellationToken);

    /// <summary>
    /// Lets the gateway fetch rules, open a connection and learn what it must know of the account, before the first order.
    /// </summary>
    internal Task WarmAsync() => AskAsync("/warm", account, writes: false, _ => true, CancellationToken.None);

    private static string? TimeInForceOf(OrderDraft draft) =>
        draft switch
        {
            { Type: OrderType.Market or OrderType.Stop } => null,
            { TimeInForce: TimeInForce.ImmediateOrCancel } => "IOC",
            { TimeInForce: TimeInForce.FillOrKill } => "FOK",
            _ => null,
        };

    private static ExchangeOrder OneOrder(CcxtReply answer) => CcxtViews.Order(answer.Order ?? throw new FormatException("No order."));

    private static IReadOnlyList<ExchangeOrder> Orders(CcxtReply answer) =>
        [.. (answer.Orders ?? throw new FormatException("No list of orders.")).Select(CcxtViews.Order)];

    private static IReadOnlyList<ExchangeTrade> Trades(CcxtReply answer) =>
        [.. (answer.Trades ?? throw new FormatException("No list of trades.")).Select(CcxtViews.Trade)];

    private static IReadOnlyList<AssetBalance> Balances(CcxtReply answer) =>
        [.. (answer.Balances ?? throw new FormatException("No balances.")).Select(CcxtViews.Balance).Where(b => b.Total != 0)];

    private Ticker OneTicker(CcxtReply answer) =>
        (answer.Tickers is [var only] ? CcxtViews.Ticker(only, time.GetUtcNow().UtcDateTime) : null)
        ?? throw new FormatException("No price.");

    private CcxtQuestion Of(OrderName order) =>
        account with
        {
            Symbol = order.Symbol,
            ClientId = order.ClientId,
            OrderId = order.ExchangeOrderId,
        };

    private static long Milliseconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    // PostgreSQL keeps the zeros that a division left behind, and an exchange refuses so many decimals.
    private static string? Text(decimal? number) => number is { } value ? ExactJson.Text(IncrementMath.Shortest(value)) : null;

    private async Task<ExchangeResult<T>> AskAsync<T>(
        string route,
        CcxtQuestion question,
        bool writes,
        Func<CcxtReply, T> read,
        CancellationToken cancellationToken
    )
    {
        var result = await call.AskAsync(route, question, writes, read, cancellationToken);
        ended(result.Fault);
        return result;
    }
}
