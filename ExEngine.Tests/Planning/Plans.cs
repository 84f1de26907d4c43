using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Positions;
using Shouldly;

namespace ExEngine.Tests.Planning;

/// <summary>What the signal planner is asked, and what is expected of it. BTC/USDT: tick 0.01, step 0.00001, minimum cost 5 USDT.</summary>
internal static class Plans
{
    public static readonly Guid SignalId = Guid.Parse("22222222-2222-2222-2222-222222222222");

    public static readonly SignalDraft Buy = new() { Action = SignalAction.Buy, Quantity = 0.01m };
    public static readonly SignalDraft Sell = new() { Action = SignalAction.Sell };
    public static readonly SignalDraft Exit = new() { Action = SignalAction.Exit };

    public static readonly Ticker At50000 = new("BTC/USDT", 50_000m, null, null, Fills.Start);

    public static PlanContext Of(SignalDraft draft, decimal held = 0, Rounding rounding = Rounding.Reject) =>
        new()
        {
            SignalId = SignalId,
            Draft = draft,
            Rounding = rounding,
            Market = MarketsOf.BtcUsdt,
            Position = held == 0 ? null : Holding(Fills.Buy(1, held, 50_000m)),
            Now = Fills.Start,
        };

    public static Position Holding(params Fill[] fills)
    {
        var position = new Position
        {
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
        };
        Fills.Count(fills).WriteTo(position);
        return position;
    }

    public static Order Order(
        OrderOrigin origin,
        OrderSide side,
        decimal quantity,
        OrderStatus status = OrderStatus.Open,
        string leg = "enter",
        Guid? originId = null
    ) =>
        new()
        {
            Id = Guid.NewGuid(),
            Origin = origin,
            OriginId = originId ?? Guid.NewGuid(),
            Leg = leg,
            ClientId = Guid.NewGuid().ToString("N"),
            Symbol = "BTC/USDT",
            Side = side,
            Type = OrderType.Limit,
            Price = 50_000m,
            Quantity = quantity,
            Status = status,
        };

    public static PlanStep.Place Placed(PlanContext context) => SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Place>();

    public static string? Note(PlanContext context) => SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Done>().Note;

    public static OrderRefusal Refused(PlanContext context) => SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Refuse>().Refusal;

    public static PlanNeed Needed(PlanContext context) => SignalPlanner.Next(context).ShouldBeOfType<PlanStep.Need>().What;
}
