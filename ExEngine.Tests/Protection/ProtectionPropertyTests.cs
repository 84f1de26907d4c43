using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Protection.ProtectionWorld;

namespace ExEngine.Tests.Protection;

/// <summary>
/// Random lives of a position: partial entries, walking prices, stops that fill whole or in part, take-profits that find no buyer,
/// cancels that come too late, refusals, orders of unknown fate, fills that are known late, coins sold by hand; in a world with halts of
/// everything, prices that nobody hears, order maxima, fees in a third asset, and somebody else who sells or locks the coins.
/// An attempt that is to be made later is no protection: what no stop at the exchange and no watch sees to is an alarm.
/// </summary>
public sealed class ProtectionPropertyTests
{
    private static readonly int Lives = Need.Cases(1_000);
    private const int Moments = 120;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnyLife_SellsNoMoreThanThereIsAndIsUnderItsStopOrAnAlarm(bool stopsRest)
    {
        var alarms = 0;
        for (var seed = 0; seed < Lives; seed++)
        {
            var random = new Random(seed);
            var market = random.Next(3) == 0 ? MarketsOf.BtcUsdt with { MaxQuantity = 0.3m + (random.Next(10) / 10m) } : null;
            var world = new ProtectionWorld(Plan(random), market)
            {
                StopsRest = stopsRest,
                FeeInBase = random.Next(2) * 0.001m,
                FeeInThird = random.Next(3) == 0 ? 0.001m : 0,
            };
            var (last, drifts, life) = (100m, random.Next(5) == 0, new Life());
            world.Ticks(last);
            for (var moment = 0; moment < Moments && world.Plan is not null; moment++)
            {
                last = Math.Max(decimal.Round(last * (1 + ((random.Next(401) - 200) / 10_000m)), 2), 1m);
                Happens(world, random, last, drifts);
                life.Before(world);
                var step = world.Look();
                life.After(world, step, $"Seed {seed}, moment {moment}, {world.Plan?.Write()}");
                alarms += world.Plan?.State.IsAlarmed == true ? 1 : 0;
                NoMoreThanThereIs(world, seed, moment);
                if (step is { Acts.Count: 0, Plan.State: { Triggered: false, RetryAt: null } } && world.MayPlace)
                {
                    ForAll(world, seed, moment);
                }
            }

            Ends(world, last, seed);
        }

        alarms.ShouldBeGreaterThan(Lives, "The world is too kind.");
    }

    private static ProtectionPlan Plan(Random random)
    {
        var stop =
            random.Next(6) == 0
                ? null
                : new StopLossPlan
                {
                    Percent = random.Next(2) == 0 ? 1 + random.Next(4) : null,
                    TrailPercent = random.Next(3) == 0 ? 1 + random.Next(5) : null,
                    Price = 95m + random.Next(4),
                    OrderType = random.Next(5) == 0 ? OrderType.StopLimit : OrderType.Stop,
                    BreakEven = random.Next(2) == 0,
                };
        var count = random.Next(4);
        return PlanOf(
            stop,
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(i => new TakeProfitPlan
                    {
                        Percent = i * (1 + random.Next(2)),
                        Share = i == count && random.Next(2) == 0 ? 100 - (20 * (count - 1)) : 20,
                        OrderType = random.Next(4) == 0 ? OrderType.Market : OrderType.Limit,
                    }),
            ]
        );
    }

    private static void Happens(ProtectionWorld world, Random random, decimal last, bool drifts)
    {
        world.PassesUnheard(TimeSpan.FromSeconds(random.Next(4)));
        if (random.Next(4) > 0 && world.Deaf == 0)
        {
            world.Ticks(last);
        }

        world.Deaf =
            world.Deaf > 0 ? world.Deaf - 1
            : random.Next(60) == 0 ? 12
            : 0;
        world.MayPlace = random.Next(world.MayPlace ? 60 : 10) > 0 == world.MayPlace;
        if (drifts && random.Next(30) == 0)
        {
            var free =
                world.Coins - world.Gone - world.Orders.Where(o => o.Side == OrderSide.Sell && o.Status.IsResting()).Sum(o => o.Remaining);
            world.Gone = random.Next(2) == 0 ? 0 : world.Gone + Math.Max(free / 2, 0);
        }

        if (!world.Entry.Status.IsFinal() && random.Next(4) == 0)
        {
            if (world.Entry.FilledQuantity < 900m)
            {
                world.Buys(decimal.Round((random.Next(1_000) + 1) / (random.Next(3) == 0 ? 100_000m : 1_000m), 5), last);
            }
        }

        foreach (var order in world.Orders.Where(o => !o.Status.IsFinal()).ToList())
        {
            Moves(world, order, random, last);
        }

        if (random.Next(3) > 0)
        {
            world.Know();
        }

        // Somebody sells by hand what no order locks.
        var unlocked = world.Coins - world.Gone - world.Orders.Locked();
        if (random.Next(40) == 0 && unlocked > 0.01m)
        {
            var sale = world.New(OrderOrigin.Button, Guid.NewGuid().ToString(), Sell(Math.Min(unlocked, 0.01m)), Guid.NewGuid());
            world.Fill(sale, sale.Quantity, last, isKnown: random.Next(2) == 0);
        }
    }

    private static void Moves(ProtectionWorld world, Order order, Random random, decimal last)
    {
        var isKnown = random.Next(2) == 0;
        switch (order.Status)
        {
            case OrderStatus.Planned when random.Next(8) == 0:
                order.Status = OrderStatus.Unknown;
                break;
            case OrderStatus.Planned when random.Next(10) == 0:
                world.End(order, random.Next(2) == 0 ? OrderStatus.Rejected : OrderStatus.Denied);
                break;
            case OrderStatus.Planned when order.CancelRequestedAt is not null:
                world.End(order, OrderStatus.Denied);
                break;
            case OrderStatus.Planned when random.Next(3) > 0:
                world.Send(order);
                break;
            case OrderStatus.Unknown when random.Next(6) == 0:
                world.End(order, OrderStatus.NotPlaced);
                break;
            case OrderStatus.Unknown when random.Next(4) == 0:
                world.Send(order);
                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled when order.Side == OrderSide.Sell && IsHit(order, last):
                var quantity = random.Next(3) == 0 ? Math.Max(decimal.Round(order.Remaining / 2, 5), 0.00001m) : order.Remaining;
                world.Fill(order, Math.Min(quantity, order.Remaining), last, isKnown);
                if (order.Remaining > 0 && random.Next(2) == 0)
                {
                    world.End(order, OrderStatus.Expired);
                }

                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled when order.CancelRequestedAt is not null && random.Next(2) == 0:
                world.End(order, OrderStatus.Canceled);
                break;
            case OrderStatus.Open when order.Side == OrderSide.Sell && random.Next(200) == 0:
                world.End(order, OrderStatus.Canceled);
                break;
        }
    }

    private static bool IsHit(Order order, decimal last) =>
        order.Type switch
        {
            OrderType.Limit => last >= order.Price,
            OrderType.StopLimit => last <= order.StopPrice && last >= order.Price,
            _ => last <= order.StopPrice,
        };

    private static void NoMoreThanThereIs(ProtectionWorld world, int seed, int moment) =>
        world.Live.Sum(o => o.Remaining).ShouldBeLessThanOrEqualTo(world.Coins, $"seed {seed}, moment {moment}: {world.Plan?.Write()}");

    // When nothing is under way, the stop is for all that no one else's order locks.
    private static void ForAll(ProtectionWorld world, int seed, int moment)
    {
        var stops = world.Live.Where(o => o.Leg.StartsWith("stopLoss", StringComparison.Ordinal)).ToList();
        if (
            stops.Count == 0
            || stops.Exists(o => o.FilledQuantity > 0)
            || world.Live.Any(o => o.Status != OrderStatus.Open || o.CancelRequestedAt is not null)
        )
        {
            return;
        }

        var all = world.Market.QuantityIncrements.Down(Life.Known(world) - world.Orders.Except(stops).Locked());
        var most = Math.Min(all, 4 * world.Market.MaxQuantity!.Value);
        stops.Sum(o => o.Remaining).ShouldBeInRange(most - 0.06m, most, $"seed {seed}, moment {moment}: but for dust");
        if (all <= world.Market.MaxQuantity)
        {
            stops.Sum(o => o.Remaining).ShouldBe(all, $"seed {seed}, moment {moment}");
        }
    }

    // Nothing goes wrong any more: when the price falls, a position with a stop is closed and everything ends.
    private static void Ends(ProtectionWorld world, decimal last, int seed)
    {
        if (world.Plan?.StopLoss is null)
        {
            return;
        }

        world.Know();
        (world.MayPlace, world.Gone) = (true, 0);
        world.End(world.Entry, OrderStatus.Canceled);
        for (var i = 0; i < 60 && world.Plan is not null; i++)
        {
            world.Passes(TimeSpan.FromSeconds(30));
            last = Math.Max(last * 0.99m, 60m);
            world.Ticks(decimal.Round(last, 2));
            foreach (var order in world.Orders.Where(o => !o.Status.IsFinal()).ToList())
            {
                if (order.Status is OrderStatus.Planned or OrderStatus.Unknown)
                {
                    world.Send(order);
                }
                else if (order.CancelRequestedAt is not null)
                {
                    world.End(order, OrderStatus.Canceled);
                }
                else if (
                    order.Side == OrderSide.Sell
                    && (
                        order.Type != OrderType.Limit ? last <= order.StopPrice : order.Leg.StartsWith("stopLoss", StringComparison.Ordinal)
                    )
                )
                {
                    // A stop-limit that rests above the price finds its buyer at the end.
                    world.Fill(order, order.Remaining, last);
                }
            }

            world.Know();
            world.Look();
        }

        var left = world.Position.Quantity;
        (world.Plan is null || PositionMath.IsDust(left, world.Market, last)).ShouldBeTrue(
            $"{left} are left; seed {seed}, {world.Plan?.Write()}"
        );
    }

    private static OrderDraft Sell(decimal quantity) =>
        new()
        {
            Side = OrderSide.Sell,
            Type = OrderType.Market,
            Quantity = MarketsOf.BtcUsdt.QuantityIncrements.Down(quantity),
        };

    /// <summary>What must be true of every look, told without the planner's own words for it.</summary>
    private sealed class Life
    {
        private DateTime? _uncoveredSince;
        private DateTime _boughtAt = DateTime.MinValue;
        private decimal _held;
        private bool _wasTriggered;
        private bool _wasHit;

        public static decimal Known(ProtectionWorld world) =>
            world.Position.Quantity
            + world.Orders.Where(o => o.Side == OrderSide.Buy).Sum(o => o.Uncounted() * 0.998m)
            - world.Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Uncounted());

        public void Before(ProtectionWorld world)
        {
            (_wasTriggered, _wasHit) = (world.Plan!.State.Triggered, StopsOf(world).Any(o => o.FilledQuantity > 0));
            if (Known(world) > _held)
            {
                _boughtAt = world.Now;
            }

            _held = Known(world);
        }

        public void After(ProtectionWorld world, ProtectionStep? step, string where)
        {
            if (world.Plan is not { StopLoss: not null } plan || plan.State.Stop is not { } stop)
            {
                return;
            }

            FreshPricesJudge(world, plan, where);
            if (!world.MayPlace && !PositionMath.IsDust(Math.Max(Known(world), 0), world.Market, plan.State.Average))
            {
                step!.Acts.ShouldBeEmpty($"Nothing may be placed, so nothing is cancelled. {where}");
            }

            var isUncovered = !PositionMath.IsDust(
                Math.Max(Uncovered(world, plan), 0),
                world.Market,
                Math.Min(stop, world.Price!.Last) * 0.98m
            );
            _uncoveredSince = isUncovered ? _uncoveredSince ?? world.Now : null;
            if (world.Now - _uncoveredSince > ProtectionCover.Grace)
            {
                plan.State.IsAlarmed.ShouldBeTrue($"Uncovered since {_uncoveredSince:HH:mm:ss}, and no alarm. {where}");
            }
        }

        private void FreshPricesJudge(ProtectionWorld world, ProtectionPlan plan, string where)
        {
            if (plan.State.Triggered && !_wasTriggered && !_wasHit)
            {
                (world.Now - world.Price!.At).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2.5), where);
                world.Price.At.ShouldBeGreaterThanOrEqualTo(_boughtAt, where);
            }
        }

        private static decimal Uncovered(ProtectionWorld world, ProtectionPlan plan)
        {
            if (world.MayPlace && !plan.State.Triggered && world.Now - world.Price!.At <= ProtectionCover.Grace)
            {
                return 0;
            }

            var covers = world.Live.Where(o =>
                world.Now - o.CreatedAt < ProtectionCover.Grace || (o.Status.IsResting() && StopsOf(world).Contains(o))
            );
            return Known(world) - world.Orders.Where(o => o.Origin != OrderOrigin.Protection).Locked() - covers.Sum(o => o.Remaining);
        }

        private static IEnumerable<Order> StopsOf(ProtectionWorld world) =>
            world.Orders.Where(o => o.Leg.StartsWith("stopLoss", StringComparison.Ordinal));
    }
}
