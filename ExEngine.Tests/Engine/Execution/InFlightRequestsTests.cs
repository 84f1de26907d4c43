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

public sealed class InFlightRequestsTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly InFlightRequests _inFlight = new(
        () => { },
        () => { },
        new OrderHistoryReader(new ExchangeCalls(TimeProvider.System, NullLogger<ExchangeCalls>.Instance), TimeProvider.System),
        TimeProvider.System
    );
    private readonly TaskCompletionSource<ExecutionReport> _never = new();

    [Fact]
    public void LooksThatWaitForTheExchange_LeaveRoomForSendsAndCancels()
    {
        while (_inFlight.HasRoom(ExchangeRequestKind.Settle))
        {
            _inFlight.Start(ExchangeRequestKind.Settle, Order("A/USDT"), () => _never.Task);
        }

        _inFlight.MaySend("A/USDT").ShouldBeTrue();
        _inFlight.HasRoom(ExchangeRequestKind.Cancel).ShouldBeTrue();
        _inFlight.HasRoom(ExchangeRequestKind.Poll).ShouldBeTrue();
    }

    [Fact]
    public void SymbolWithAnOrderOnItsWay_WaitsForItsAnswer()
    {
        _inFlight.Start(ExchangeRequestKind.Send, Order("A/USDT"), () => _never.Task);

        _inFlight.MaySend("A/USDT").ShouldBeFalse();
        _inFlight.MaySend("B/USDT").ShouldBeTrue();
    }

    [Fact]
    public async Task RestingOrderThatIsSeenUnchanged_IsRememberedAndNotWritten()
    {
        var order = Order("A/USDT");
        _inFlight.Start(
            ExchangeRequestKind.Poll,
            order,
            () => Task.FromResult<ExecutionReport>(new ExecutionReport.Unchanged(order.Id, At))
        );

        await Until.True(() => Task.FromResult(_inFlight.Peek() is null && !_inFlight.IsPolled(order)));

        _inFlight.NextLookAt(order).ShouldBe(At);
        _inFlight.Keep([]);
        _inFlight.NextLookAt(order).ShouldBeNull();
    }

    [Fact]
    public async Task CancelOfAnOrderThatIsBeingPolled_DoesNotWait()
    {
        var (order, polled) = (Order("A/USDT"), new TaskCompletionSource<ExecutionReport>());
        _inFlight.Start(ExchangeRequestKind.Poll, order, () => polled.Task);

        _inFlight.IsUnderWay(order).ShouldBeFalse();
        _inFlight.Start(ExchangeRequestKind.Cancel, order, () => _never.Task);
        polled.SetResult(new ExecutionReport.Unchanged(order.Id, At));

        await Until.True(() => Task.FromResult(_inFlight.Peek() is null && !_inFlight.IsPolled(order)));
        _inFlight.IsUnderWay(order).ShouldBeTrue();
    }

    [Fact]
    public async Task CallThatThrows_IsNewsThatNothingIsKnown()
    {
        var order = Order("A/USDT");
        _inFlight.Start(ExchangeRequestKind.Send, order, () => throw new InvalidOperationException());

        await Until.True(() => Task.FromResult(_inFlight.Peek() is not null));

        _inFlight.Peek().ShouldBeOfType<ExecutionReport.Sent>().Result.Outcome.ShouldBe(ExchangeOutcome.Unknown);
        _inFlight.IsUnderWay(order).ShouldBeTrue();
        _inFlight.Done();
        _inFlight.IsUnderWay(order).ShouldBeFalse();
    }

    private static Order Order(string symbol) =>
        new()
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
