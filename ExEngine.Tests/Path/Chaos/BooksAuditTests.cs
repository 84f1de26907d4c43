using ExEngine.Core.Alarms;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.FakeExchange;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>An audit that finds nothing proves nothing: what it must find.</summary>
public sealed class BooksAuditTests
{
    private static readonly string Stop = new ProtectionPlan
    {
        Id = Guid.NewGuid(),
        StopLoss = new StopLossPlan { OrderType = OrderType.Stop, Percent = 5 },
    }.Write();

    private static readonly Guid Account = Guid.NewGuid();

    [Fact]
    public void LessAtTheExchange_IsFound() => Audit(held: 1.5m, there: 1m).ShouldHaveSingleItem().ShouldContain("hold 1.5");

    [Fact]
    public void MoreAtTheExchange_IsFound() => Audit(held: 1m, there: 1.5m).ShouldHaveSingleItem().ShouldContain("has 1.5");

    [Fact]
    public void CoinsUnderNoStop_AreFound()
    {
        Audit(Stop, under: 0).ShouldHaveSingleItem().ShouldContain("0 are under a stop");
        Audit(Stop, under: 0.9m).ShouldHaveSingleItem().ShouldContain("0.9 are under a stop");
    }

    [Fact]
    public void StopOrAlarm_IsEnough()
    {
        Audit(Stop, under: 1).ShouldBeEmpty();
        Audit(Stop, under: 0.995m).ShouldBeEmpty("What is left is dust.");
        Audit(Stop, under: 0, isAlarm: true).ShouldBeEmpty();
        Audit().ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Audit(
        string? protection = null,
        decimal under = 0,
        bool isAlarm = false,
        decimal held = 1,
        decimal there = 1
    )
    {
        var user = Guid.NewGuid();
        var position = Position.New(Guid.NewGuid(), user, Account, ("A/USDT", "A", "USDT"), PositionOwner.Manual, DateTime.UnixEpoch);
        (position.Quantity, position.Protection) = (held, protection);
        var stop = new Order
        {
            AccountId = Account,
            OwnerId = position.OwnerId,
            Symbol = "A/USDT",
            Leg = "stopLoss.1",
            ClientId = "1",
            Origin = OrderOrigin.Protection,
            Status = OrderStatus.Open,
            Side = OrderSide.Sell,
            Quantity = under,
        };
        var alarm = new Alarm
        {
            Subject = "",
            Message = "",
            PositionId = position.Id,
        };
        var deposit = new LedgerEntry
        {
            Kind = LedgerKind.Deposit,
            Account = "one",
            Asset = "A",
            Quantity = there,
        };
        return BooksAudit.Of(
            new Dictionary<Guid, string> { [Account] = "one" },
            [position],
            under > 0 ? [stop] : [],
            isAlarm ? [alarm] : [],
            new FakeLedger([deposit]),
            step: 0.01m
        );
    }
}
