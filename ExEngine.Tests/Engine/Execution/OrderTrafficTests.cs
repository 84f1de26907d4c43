using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

public sealed class OrderTrafficTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly OrderTraffic _traffic =
        new(() => { }, new SymbolReader(new ExchangeCalls(TimeProvider.System, NullLogger<ExchangeCalls>.Instance), TimeProvider.System), TimeProvider.System);
    private readonly TaskCompletionSource<OrderNews> _never = new();

    [Fact]
    public void LooksThatWaitForTheExchange_LeaveRoomForSendsAndCancels()
    {
        while (_traffic.HasRoom(Errand.Settle))
        {
            _traffic.Start(Errand.Settle, Order("A/USDT"), () => _never.Task);
        }

        _traffic.MaySend("A/USDT").ShouldBeTrue();
        _traffic.HasRoom(Errand.Cancel).ShouldBeTrue();
        _traffic.HasRoom(Errand.Poll).ShouldBeTrue();
    }

    [Fact]
    public void SymbolWithAnOrderOnItsWay_WaitsForItsAnswer()
    {
        _traffic.Start(Errand.Send, Order("A/USDT"), () => _never.Task);

        _traffic.MaySend("A/USDT").ShouldBeFalse();
        _traffic.MaySend("B/USDT").ShouldBeTrue();
    }

    [Fact]
    public async Task RestingOrderThatIsSeenUnchanged_IsRememberedAndNotWritten()
    {
        var order = Order("A/USDT");
        _traffic.Start(Errand.Poll, order, () => Task.FromResult<OrderNews>(new OrderNews.Unchanged(order.Id, At)));

        await Until.True(() => Task.FromResult(_traffic.Peek() is null && !_traffic.IsPolled(order)));

        _traffic.NextLookAt(order).ShouldBe(At);
        _traffic.Keep([]);
        _traffic.NextLookAt(order).ShouldBeNull();
    }

    [Fact]
    public async Task CancelOfAnOrderThatIsBeingPolled_DoesNotWait()
    {
        var (order, polled) = (Order("A/USDT"), new TaskCompletionSource<OrderNews>());
        _traffic.Start(Errand.Poll, order, () => polled.Task);

        _traffic.IsUnderWay(order).ShouldBeFalse();
        _traffic.Start(Errand.Cancel, order, () => _never.Task);
        polled.SetResult(new OrderNews.Unchanged(order.Id, At));

        await Until.True(() => Task.FromResult(_traffic.Peek() is null && !_traffic.IsPolled(order)));
        _traffic.IsUnderWay(order).ShouldBeTrue();
    }

    [Fact]
    public async Task CallThatThrows_IsNewsThatNothingIsKnown()
    {
        var order = Order("A/USDT");
        _traffic.Start(Errand.Send, order, () => throw new InvalidOperationException());

        await Until.True(() => Task.FromResult(_traffic.Peek() is not null));

        _traffic.Peek().ShouldBeOfType<OrderNews.Sent>().Answer.Outcome.ShouldBe(ExchangeOutcome.Unknown);
        _traffic.IsUnderWay(order).ShouldBeTrue();
        _traffic.Done();
        _traffic.IsUnderWay(order).ShouldBeFalse();
    }

    private static Order Order(string symbol) => new()
    {
        Id = Guid.NewGuid(),
        Leg = "enter",
        ClientId = "",
        Symbol = symbol,
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = 1,
        Status = OrderStatus.Submitting,
    };
}
