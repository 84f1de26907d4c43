using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>Random rules, fees, walks and tidings: what must hold at every step.</summary>
public sealed class DcaPropertyTests
{
    private const int Runs = 60;

    [Fact]
    public void AnyRun_KeepsToItsFundsItsCoinsAndItsBooks()
    {
        var over = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var fees = FeeRates.Flat(random.Next(0, 4) * 0.0005m, (FeeCoin)random.Next(3));
            var settings = Settings(random);
            var bot = new DcaDrive
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
                var to = decimal.Round(exchange.Price * (1 + (random.Next(-200, 201) / 10_000m)), 2);
                exchange.Step(to);
                bot.Context = bot.Context with { Price = to, Now = bot.Context.Now.AddSeconds(random.Next(0, 90)) };
                bot.Tell(exchange.Tell());
                exchange.Do(bot.Last);
                Check(bot, exchange, $"seed {seed}, step {step}");
            }

            for (var i = 0; i < 200 && (!exchange.IsQuiet || bot.State.Deals.Count > 0); i++)
            {
                exchange.Step(exchange.Price);
                bot.Context = bot.Context with { Now = bot.Context.Now.AddSeconds(61) };
                bot.Tell([.. exchange.Tell(all: true), new BotEvent.CloseAsked()]);
                exchange.Do(bot.Last);
                Check(bot, exchange, $"seed {seed}, the end {i}");
            }

            over += bot.State.DealsOver;
            bot.State.Deals.ShouldBeEmpty($"seed {seed}");
            bot.State.Money.ShouldBe(exchange.Money, $"seed {seed}");
            bot.State.Left.Held.ShouldBe(exchange.Coins, $"seed {seed}");
            bot.State.Mode.ShouldBe(BotMode.Stopped, $"seed {seed}");
        }

        over.ShouldBeGreaterThan(Runs);
    }

    private static DcaSettings Settings(Random random) =>
        DcaExamples.Table with
        {
            MaxSafetyOrders = random.Next(0, 6),
            ActiveSafetyOrders = random.Next(1, 4),
            TakeProfit =
                random.Next(3) == 0
                    ? new() { Steps = [new(1, 40), new(2, 60)], Trailing = random.Next(2) == 0 ? 0.5m : null }
                    : new()
                    {
                        Percent = 1.5m,
                        NetOfFees = random.Next(2) == 0,
                        Trailing = random.Next(3) == 0 ? 0.7m : null,
                        MinProfit = random.Next(2) == 0 ? 0.2m : null,
                        From = (PriceBase)random.Next(2),
                    },
            StopLoss = random.Next(2) == 0 ? new() { Percent = random.Next(3, 20), TimeoutSeconds = random.Next(2) * 60 } : null,
            RestoreCancelled = CancelledLine.PutBack,
        };

    private static void Check(DcaDrive bot, RandomExchange exchange, string where)
    {
        var state = bot.State;
        var sells = exchange.Live.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Remaining);
        sells.ShouldBeLessThanOrEqualTo(exchange.Coins, $"sells more than is held, {where}");
        exchange.Live.Select(o => o.Key.Slot).ShouldBeUnique($"two orders in one slot, {where}");
        foreach (var deal in state.Deals)
        {
            deal.Book.Realized.ShouldBe(deal.Book.Money + deal.Book.Cost, $"the deal's books, {where}");
            var most = DcaLadder.Funds(deal.Settings, deal.Settings.BaseOrder * 1.03m) * 1.01m;
            deal.Book.Cost.ShouldBeLessThanOrEqualTo(most, $"spent more than its funds, {where}");
            deal.Orders.Count(o => o.Slot.Contains(".so")).ShouldBeLessThanOrEqualTo(deal.Settings.ActiveSafetyOrders, where);
        }

        ProfitSplit.Of(state, BotDirection.Long, 97.31m).Difference.ShouldBe(0, where);
        state.Realized.ShouldBe(state.Money + state.Left.Cost, $"the bot's books, {where}");
    }
}
