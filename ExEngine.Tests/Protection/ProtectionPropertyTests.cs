using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Protection.ProtectionWorld;

namespace ExEngine.Tests.Protection;

/// <summary>
/// Random lives of a position: partial entries, walking prices, stops that fill whole or in part, take-profits that find no buyer,
/// cancels that come too late, refusals, orders of unknown fate, fills that are known late, coins sold by hand.
/// </summary>
public sealed class ProtectionPropertyTests
{
    private const int Lives = 1_000;
    private const int Moments = 120;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnyLife_SellsNoMoreThanThereIsAndIsNeverWithoutItsStop(bool stopsRest)
    {
        for (var seed = 0; seed < Lives; seed++)
        {
            var random = new Random(seed);
            var world = new ProtectionWorld(Plan(random)) { StopsRest = stopsRest, FeeInBase = random.Next(2) * 0.001m };
            var last = 100m;
            world.Ticks(last);
            for (var moment = 0; moment < Moments && world.Plan is not null; moment++)
            {
                last = Math.Max(decimal.Round(last * (1 + ((random.Next(401) - 200) / 10_000m)), 2), 1m);
                Happens(world, random, last);
                var step = world.Look();
                NoMoreThanThereIs(world, seed, moment);
                Protected(world, seed, moment);
                if (step is { Acts.Count: 0, Plan.State.Triggered: false })
                {
                    ForAll(world, seed, moment);
                }
            }

            Ends(world, last, seed);
        }
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

    private static void Happens(ProtectionWorld world, Random random, decimal last)
    {
        world.Passes(TimeSpan.FromSeconds(random.Next(4)));
        world.Ticks(last);
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
        var free = world.Coins - world.Orders.Locked();
        if (random.Next(40) == 0 && free > 0.01m)
        {
            var sale = world.New(
                OrderOrigin.Button,
                Guid.NewGuid().ToString(),
                world.Look() is null ? Sell(free) : Sell(Math.Min(free, 0.01m)),
                Guid.NewGuid()
            );
            if (sale.Quantity <= world.Coins - world.Orders.Where(o => o != sale).Locked())
            {
                world.Fill(sale, sale.Quantity, last, isKnown: random.Next(2) == 0);
            }
            else
            {
                world.End(sale, OrderStatus.Rejected);
            }
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
        world.Live.Sum(o => o.Remaining).ShouldBeLessThanOrEqualTo(world.Coins, $"seed {seed}, moment {moment}");

    private static void Protected(ProtectionWorld world, int seed, int moment)
    {
        if (world.Plan is not { StopLoss: not null } plan || plan.State.Stop is not { } stop)
        {
            return;
        }

        var known = world.Position.Quantity - world.Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Uncounted());
        var isTried = world.Live.Any(o => o.Leg.StartsWith("stopLoss", StringComparison.Ordinal)) || plan.State.RetryAt > world.Now;
        var isWatched = !world.StopsRest && !plan.State.Triggered && world.Price!.Last > stop;
        var isTooSmall = PositionMath.IsDust(
            Math.Max(known - world.Orders.Locked(), 0),
            world.Market,
            Math.Min(stop, world.Price!.Last) * 0.99m
        );
        (isTried || isWatched || isTooSmall).ShouldBeTrue($"No stop. Seed {seed}, moment {moment}.");
    }

    // When nothing is under way, the stop is for all that no one else's order locks.
    private static void ForAll(ProtectionWorld world, int seed, int moment)
    {
        var stop = world.Live.FirstOrDefault(o => o.Leg.StartsWith("stopLoss", StringComparison.Ordinal));
        if (stop is null || stop.FilledQuantity > 0 || world.Live.Any(o => o.Status != OrderStatus.Open || o.CancelRequestedAt is not null))
        {
            return;
        }

        var known = world.Position.Quantity - world.Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Uncounted());
        stop.Remaining.ShouldBe(
            world.Market.QuantityIncrements.Down(known - world.Orders.Where(o => o != stop).Locked()),
            $"seed {seed}, moment {moment}"
        );
    }

    // Nothing goes wrong any more: when the price falls, a position with a stop is closed and everything ends.
    private static void Ends(ProtectionWorld world, decimal last, int seed)
    {
        if (world.Plan?.StopLoss is null)
        {
            return;
        }

        world.Know();
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
}
