using System.Globalization;
using ExEngine.Core.Bots.Running;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>Bots on the engine, at the fake Binance.</summary>
[NeedsServer]
public sealed class LiveBotTests(LiveApp live) : IClassFixture<LiveApp>
{
    private static readonly object Ladder = new
    {
        baseOrder = "100",
        safetyOrder = "100",
        maxSafetyOrders = 3,
        activeSafetyOrders = 2,
        deviation = "2",
        takeProfit = new { percent = "2" },
        maxDeals = 1,
    };

    [Fact]
    public async Task DcaDeal_ThroughSafetyOrdersToItsTakeProfit_IsExact()
    {
        var bot = await BotAsync("dca", Ladder);
        await bot.StartAsync();
        await bot.RestsAsync([96m, 98m], [102m]);

        await bot.PriceAsync(97.5m);
        await bot.RestsAsync([94m, 96m], [100.97m]);
        (await bot.ItemsAsync("deals"))[0].GetProperty("safetyOrders").GetInt32().ShouldBe(1);

        await bot.PriceAsync(101m);
        await bot.BecomesAsync(async () => (await bot.RestingAsync()) is ([], []));
        await bot.BecomesAsync(async () => (await bot.ItemsAsync("deals"))[0].GetProperty("status").GetString() == "completed");
        await bot.ShouldBeTrueAsync();
        (await bot.ItemsAsync("deals"))[0].GetProperty("realized").GetString().ShouldNotStartWith("-");
    }

    [Fact]
    public async Task Grid_FollowsThePriceThroughItsLinesAndIsClosed_IsExact()
    {
        var bot = await BotAsync(
            "grid",
            new
            {
                lower = "90",
                upper = "110",
                grids = 10,
                investment = "1000",
            }
        );
        await bot.StartAsync();
        await bot.RestsAsync([90m, 92m, 94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m]);

        await bot.PriceAsync(93.5m);
        await bot.RestsAsync([90m, 92m], [96m, 98m, 100m, 102m, 104m, 106m, 108m, 110m]);
        await bot.PriceAsync(101m);
        await bot.RestsAsync([90m, 92m, 94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m]);
        (await bot.ViewAsync()).GetProperty("rounds").GetInt32().ShouldBe(3);
        await bot.ShouldBeTrueAsync();

        await bot.StopAsync("close");
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Status == BotStatus.Stopped);
        (await bot.RestingAsync()).ShouldBe(([], []));
        await bot.ShouldBeTrueAsync();
        decimal.Parse((await bot.ViewAsync()).GetProperty("held").GetString()!, CultureInfo.InvariantCulture)
            .ShouldBeLessThan(0.0001m, "Dust.");
    }

    private async Task<BotDrive> BotAsync(string kind, object settings)
    {
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, kind, settings);
    }
}
