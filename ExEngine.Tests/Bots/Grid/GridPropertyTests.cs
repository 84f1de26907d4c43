using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Grid;

/// <summary>Random rules, fees, walks and tidings: what must hold at every step.</summary>
public sealed class GridPropertyTests
{
    private const int Runs = 60;

    [Fact]
    public void AnyRun_KeepsToItsMoneyItsCoinsItsLinesAndItsBooks()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var fees = FeeRates.Flat(random.Next(0, 4) * 0.0005m, (FeeCoin)random.Next(3));
            var settings = Settings(random);
            var bot = new GridDrive
            {
                StoresEvery = 7,
                Settings = settings,
                Context = new()
                {
                    Market = BotMarkets.Of(0.01m, random.Next(2) == 0 ? 0.01m : 0.001m, 1),
                    Fees = fees,
                    Now = BotMarkets.Start,
                },
            };
            var exchange = new RandomExchange(random, fees);
            for (var step = 0; step < 100; step++)
            {
                Advance(bot, exchange, random);
                Check(bot, exchange, $"seed {seed}, step {step}");
            }

            Settle(bot, exchange);
            Check(bot, exchange, $"seed {seed}, the end");
            CheckQuiet(bot, exchange, $"seed {seed}, the end");
            bot.Tell(new BotEvent.CloseAsked());
            exchange.Do(bot.Last);
            Settle(bot, exchange);
            Check(bot, exchange, $"seed {seed}, closed");
            (bot.State.Phase, bot.State.Book.Money).ShouldBe((GridPhase.Over, exchange.Money), $"seed {seed}, closed");
        }
    }

    private static GridSettings Settings(Random random)
    {
        var lower = random.Next(80, 97);
        return new()
        {
            Lower = lower,
            Upper = random.Next(103, 125),
            Grids = random.Next(2, 16),
            Spacing = (GridSpacing)random.Next(2),
            Investment = random.Next(500, 3000),
            Reserve = 3,
            MaxActiveLines = random.Next(3) == 0 ? random.Next(1, 5) : null,
            TrailingUp = random.Next(3) == 0,
            TrailFunds = (TrailFunds)random.Next(3),
            ProfitCurrency = (ProfitCurrency)random.Next(2),
            Reinvest = random.Next(2) * 50,
            UseOwnBase = random.Next(3) == 0 ? random.Next(1, 5) : 0,
        };
    }

    private static void Advance(GridDrive bot, RandomExchange exchange, Random random)
    {
        var to = decimal.Round(exchange.Price * (1 + (random.Next(-200, 201) / 10_000m)), 2);
        exchange.Step(to);
        bot.Context = bot.Context with { Price = to, Now = bot.Context.Now.AddSeconds(random.Next(0, 90)) };
        bot.Tell(exchange.Tell());
        exchange.Do(bot.Last);
    }

    private static void Settle(GridDrive bot, RandomExchange exchange)
    {
        for (var i = 0; i < 200 && (!exchange.IsQuiet || bot.Last.Count > 0 || exchange.Live.Any(o => o.Price is null)); i++)
        {
            exchange.Step(exchange.Price);
            bot.Context = bot.Context with { Now = bot.Context.Now.AddSeconds(61) };
            bot.Tell(exchange.Tell(all: true));
            exchange.Do(bot.Last);
        }
    }

    private static void Check(GridDrive bot, RandomExchange exchange, string where)
    {
        var (state, held) = (bot.State, exchange.Coins + bot.State.OwnBaseCost / (bot.State.StartPrice ?? 1));
        (state.Invested + exchange.Money).ShouldBeGreaterThanOrEqualTo(0, $"spent more than was invested, {where}");
        exchange
            .Live.Where(o => o.Side == OrderSide.Sell)
            .Sum(o => o.Remaining)
            .ShouldBeLessThanOrEqualTo(held, $"sells more than is held, {where}");
        exchange.Live.Where(o => o.Price is not null).Select(o => o.Price).ShouldBeUnique($"two orders on one line, {where}");
        (state.Cells.Sum(c => c.Coins) + state.Carry + state.Kept).ShouldBe(state.Book.Held, $"coins, {where}");
        bot.Split(97.31m).Difference.ShouldBe(0, $"grid + floating against equity less invested, {where}");
        (bot.State.GridProfit + bot.State.ClosedProfit).ShouldBe(
            state.Book.Money + state.Cells.Sum(c => c.Cost) + state.CarryCost + state.KeptCost - state.OwnBaseCost,
            $"the books, {where}"
        );
    }

    private static void CheckQuiet(GridDrive bot, RandomExchange exchange, string where)
    {
        exchange.IsQuiet.ShouldBeTrue(where);
        bot.State.Book.Money.ShouldBe(exchange.Money, $"money, {where}");
        if (bot.State.Phase == GridPhase.Running)
        {
            bot.Empty.Count.ShouldBe(1, $"one empty line, {where}: {string.Join(' ', bot.State.Cells.Select(c => c.IsHeld ? 'h' : 'w'))}");
        }
    }
}
