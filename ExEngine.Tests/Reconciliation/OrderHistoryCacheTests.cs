using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Reconciliation;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Reconciliation;

public sealed class OrderHistoryCacheTests
{
    private const string Symbol = "BTC/USDT";
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly HandClock _time = new(Start);
    private readonly ListedExchange _exchange = new();
    private readonly OrderHistoryCache _readings;

    public OrderHistoryCacheTests() =>
        _readings = new OrderHistoryCache(
            new OrderHistoryReader(new ExchangeCalls(_time, NullLogger<ExchangeCalls>.Instance), _time),
            _time
        );

    [Fact]
    public async Task OrdersThatAskTogether_ShareOneReading()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => ReadAsync(since: Start.AddSeconds(i), notBefore: Start)));

        _exchange.Readings.ShouldBe(1);
        all.ShouldAllBe(r => r == all[0] && r.IsComplete && r.AskedAt == Start);
    }

    [Fact]
    public async Task ReadingFromBeforeTheHorizon_ProvesNothing()
    {
        await ReadAsync(since: Start, notBefore: Start);
        _time.Advance(TimeSpan.FromSeconds(10));

        var second = await ReadAsync(since: Start, notBefore: Start.AddSeconds(1));

        _exchange.Readings.ShouldBe(2);
        second.AskedAt.ShouldBe(Start.AddSeconds(10));
    }

    [Fact]
    public async Task ReadingThatBeginsLater_DoesNotServeAnOlderOrder()
    {
        await ReadAsync(since: Start, notBefore: Start);

        await ReadAsync(since: Start.AddSeconds(-1), notBefore: Start);

        _exchange.Readings.ShouldBe(2);
    }

    [Fact]
    public async Task ReadingThatFailed_IsNotShared()
    {
        _exchange.Fault = new ExchangeFault(FaultKind.Unavailable, "away", "away");
        var failed = await ReadAsync(since: Start, notBefore: Start);
        _exchange.Fault = null;

        var second = await ReadAsync(since: Start, notBefore: Start);

        (failed.IsComplete, failed.Fault?.Code).ShouldBe((false, "away"));
        second.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task SymbolThatNobodyAsksAbout_IsForgotten()
    {
        await ReadAsync(since: Start, notBefore: Start);

        _readings.Keep(new HashSet<string> { "ETH/USDT" });

        await ReadAsync(since: Start, notBefore: Start);
        _exchange.Readings.ShouldBe(2);
    }

    [Fact]
    public async Task TradeOfAnOlderOrder_IsAskedWhoseItIs()
    {
        _exchange.Recent.Add(Order("1", "a"));
        _exchange.Trades.AddRange([Trade("1"), Trade("2"), Trade("2")]);
        _exchange.Older.Add(Order("2", "b"));

        var reading = await ReadAsync(since: Start, notBefore: Start);

        reading.IsComplete.ShouldBeTrue();
        reading.Orders.Select(o => o.ClientId).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task TradeOfAnOrderThatNobodyKnows_LeavesItIncomplete()
    {
        _exchange.Trades.Add(Trade("2"));

        (await ReadAsync(since: Start, notBefore: Start)).IsComplete.ShouldBeFalse();
    }

    private Task<OrderHistory> ReadAsync(DateTime since, DateTime notBefore) => _readings.ReadAsync(_exchange, Symbol, since, notBefore);

    private static ExchangeOrder Order(string id, string clientId) =>
        new()
        {
            ExchangeOrderId = id,
            ClientId = clientId,
            Symbol = Symbol,
            Status = ExchangeOrderStatus.Open,
        };

    private static ExchangeTrade Trade(string orderId) =>
        new()
        {
            TradeId = "t",
            ExchangeOrderId = orderId,
            Symbol = Symbol,
            Side = OrderSide.Buy,
            Price = 1,
            Quantity = 1,
            Cost = 1,
            At = Start,
        };
}
