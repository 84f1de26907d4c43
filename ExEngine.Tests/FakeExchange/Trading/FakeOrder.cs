namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>An accepted order. All of its changes happen under the venue's lock.</summary>
internal sealed class FakeOrder(long id, FakeAccount account, FakeMarket market, OrderRequest request, decimal quantity, DateTimeOffset at)
{
    public long Id { get; } = id;
    public FakeAccount Account { get; } = account;
    public FakeMarket Market { get; } = market;
    public OrderRequest Request { get; } = request;

    /// <summary>In the base asset; for an order by quote quantity what that buys.</summary>
    public decimal Quantity { get; } = quantity;

    /// <summary>The most that it may fill, when the money does not reach for all of it.</summary>
    public decimal? Cap { get; set; }

    public DateTimeOffset At { get; } = at;
    public DateTimeOffset UpdatedAt { get; set; } = at;

    /// <summary>False while it waits for its stop price.</summary>
    public bool Working { get; set; } = !request.IsConditional;

    public FakeOrderStatus Status { get; set; } = FakeOrderStatus.NEW;
    public decimal Executed { get; set; }
    public decimal ExecutedQuote { get; set; }

    /// <summary>Of the asset that it spends, still set aside.</summary>
    public decimal Locked { get; set; }

    /// <summary>Until then no question about it finds it.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    public List<FakeTrade> Trades { get; } = [];

    public FakeSide Side => Request.Side;
    public decimal Remaining => Quantity - Executed;
    public decimal Fillable => (Cap ?? Quantity) - Executed;
    public bool IsOpen => Status is FakeOrderStatus.NEW or FakeOrderStatus.PARTIALLY_FILLED;
    public string Spends => Side == FakeSide.BUY ? Market.Quote : Market.Base;
}
