using ExEngine.Core.Orders;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders;

public sealed class ClientOrderIdTests
{
    private static readonly Guid Signal = new("01990000-0000-7000-8000-000000000001");

    [Fact]
    public void SameWork_HasTheSameIdForEver() =>
        ClientOrderId.Of(OrderOrigin.Signal, Signal, "enter", 0).ShouldBe("a70e5709cc8b82839fa49bfcd97cdd16");

    [Fact]
    public void OtherWork_HasAnother() =>
        new[]
        {
            ClientOrderId.Of(OrderOrigin.Signal, Signal, "enter", 0),
            ClientOrderId.Of(OrderOrigin.Signal, Signal, "enter", 1),
            ClientOrderId.Of(OrderOrigin.Signal, Signal, "exit", 0),
            ClientOrderId.Of(OrderOrigin.Bot, Signal, "enter", 0),
            ClientOrderId.Of(OrderOrigin.Signal, Guid.Empty, "enter", 0),
        }
            .Distinct()
            .Count()
            .ShouldBe(5);

    [Fact]
    public void Form_FitsEveryExchange() =>
        ClientOrderId.Of(OrderOrigin.Protection, Signal, "takeProfit10.1234", 99).ShouldMatch("^[0-9a-f]{32}$");
}
