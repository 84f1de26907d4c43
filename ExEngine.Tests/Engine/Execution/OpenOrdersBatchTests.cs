using System.Collections.Concurrent;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Tests.Reconciliation;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

/// <summary>Resting orders, one in each symbol, that look together.</summary>
public sealed class OpenOrdersBatchTests
{
    private static readonly ExchangeFault NotThere = new(FaultKind.NotSupported, "notSupported", "There is no such list.");
    private static readonly ExchangeFault Busy = new(FaultKind.RateLimited, "429", "Too many requests.", TimeSpan.FromSeconds(30));

    private readonly HandClock _time = new();
    private readonly ListedExchange _exchange = new();
    private readonly ConcurrentQueue<string?> _lists = new();

    [Theory]
    [InlineData(13, 13)]
    [InlineData(14, 1)]
    [InlineData(200, 1)]
    public async Task ManySymbols_ShareTheListOfAll(int symbols, int questions)
    {
        var orders = Orders(symbols);
        _exchange.Open = symbol => Listed(symbol, orders);

        var news = await LookAsync(orders);

        _lists.Count.ShouldBe(questions);
        news.ShouldAllBe(n => n is ExecutionReport.Unchanged);
        _exchange.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task ExchangeWithoutAListOfAll_IsAskedBySymbol()
    {
        var orders = Orders(20);
        _exchange.Open = symbol =>
            symbol is null ? Note(symbol, ExchangeResult.Refused<IReadOnlyList<ExchangeOrder>>(NotThere)) : Listed(symbol, orders);

        var news = await LookAsync(orders);

        _lists.Count.ShouldBe(21);
        news.ShouldAllBe(n => n is ExecutionReport.Unchanged);
    }

    [Fact]
    public async Task ExchangeWithoutAnyList_IsAskedForEachOrder()
    {
        var orders = Orders(20);
        _exchange.Open = symbol => Note(symbol, ExchangeResult.Refused<IReadOnlyList<ExchangeOrder>>(NotThere));

        await LookAsync(orders);

        _exchange.Asked.ShouldBe(orders.Select(o => o.ClientId), ignoreOrder: true);
    }

    [Fact]
    public async Task ListThatCannotBeHadNow_WritesNothingAndWaitsAsLongAsItWasTold()
    {
        var orders = Orders(20);
        _exchange.Open = symbol => Note(symbol, ExchangeResult.NotExecuted<IReadOnlyList<ExchangeOrder>>(Busy));

        var news = await LookAsync(orders);

        news.ShouldAllBe(n => n is ExecutionReport.Unchanged);
        news.Cast<ExecutionReport.Unchanged>().ShouldAllBe(n => n.NextLookAt == _time.GetUtcNow().UtcDateTime.AddSeconds(30));
        _exchange.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task OrderThatLeftTheList_IsAskedFor()
    {
        var orders = Orders(3);
        _exchange.Open = symbol => Listed(symbol, orders[1..]);

        await LookAsync(orders);

        _exchange.Asked.ShouldBe([orders[0].ClientId]);
    }

    // An exchange that lists a page and no more: the others are not all asked for at once, and none is left out for ever.
    [Fact]
    public async Task ManyThatAreNotListed_AreAskedForAFewAtATimeInTurn()
    {
        var orders = Orders(40);
        orders.ForEach(o => o.Symbol = "M/USDT");
        _exchange.Open = symbol => Listed(symbol, orders[..8]);

        for (var round = 1; round <= 2; round++)
        {
            var news = await LookAsync(orders);
            _exchange.Asked.Distinct().Count().ShouldBe(16 * round);
            foreach (var looked in news.Where(n => n is not ExecutionReport.Unchanged))
            {
                orders.Single(o => o.Id == looked.OrderId).NextLookAt = _time.GetUtcNow().UtcDateTime;
            }
        }

        _exchange.Asked.ShouldBe(orders[8..].Select(o => o.ClientId), ignoreOrder: true);
    }

    private async Task<ExecutionReport[]> LookAsync(List<Order> orders)
    {
        var calls = new ExchangeCalls(_time, NullLogger<ExchangeCalls>.Instance);
        var executor = new OrderSender(calls, _time, Options.Create(new ExecutionOptions()));
        var list = new OpenOrdersBatch(
            executor,
            _exchange,
            new OrderHistoryCache(new OrderHistoryReader(calls, _time), _time),
            orders,
            TimeSpan.FromSeconds(2),
            _time
        );
        return await Task.WhenAll(orders.Select(list.LookAsync));
    }

    private ExchangeResult<IReadOnlyList<ExchangeOrder>> Listed(string? symbol, List<Order> orders) =>
        Note(
            symbol,
            ExchangeResult.Done<IReadOnlyList<ExchangeOrder>>([
                .. orders
                    .Where(o => symbol is null || o.Symbol == symbol)
                    .Select(o => new ExchangeOrder
                    {
                        ExchangeOrderId = o.ExchangeOrderId!,
                        ClientId = o.ClientId,
                        Symbol = o.Symbol,
                        Status = ExchangeOrderStatus.Open,
                        Quantity = 1,
                    }),
            ])
        );

    private ExchangeResult<IReadOnlyList<ExchangeOrder>> Note(string? symbol, ExchangeResult<IReadOnlyList<ExchangeOrder>> answer)
    {
        _lists.Enqueue(symbol);
        return answer;
    }

    private static List<Order> Orders(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Order
                {
                    Id = Guid.NewGuid(),
                    Leg = "enter",
                    ClientId = $"client{i}",
                    ExchangeOrderId = $"{i}",
                    Symbol = $"M{i}/USDT",
                    Side = OrderSide.Buy,
                    Type = OrderType.Limit,
                    Quantity = 1,
                    Status = OrderStatus.Open,
                }),
        ];
}
