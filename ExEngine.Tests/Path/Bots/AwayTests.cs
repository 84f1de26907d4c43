using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>
/// The fake Binance gives no answer for days, while the price goes over several lines with gaps and comes back: what was executed counts
/// once, the bot goes on from the price of then, and its journal has one line about it.
/// </summary>
[NeedsServer]
public sealed class AwayTests
{
    private static readonly TimeSpan Long = new(3, 4, 20, 0);

    [Fact]
    public async Task Grid_IsAwayForDays_BooksWhatWasExecutedAndGoesOn()
    {
        await using var live = new BotLiveApp();
        await live.InitializeAsync();
        var bot = await BotAsync(
            live,
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
        var before = (await JournalAsync(bot)).Count;

        await AwayAsync(live, bot, 95m, 91m, 97m);

        // 98, 96, 94 and 92 were bought. 94 and 96 sell them above their lines at once, 98 and 100 wait to.
        await bot.RestsAsync([90m, 92m, 94m], [98m, 100m, 102m, 104m, 106m, 108m, 110m]);
        await bot.BecomesAsync(() => bot.HasCountedAsync(bot.Trader));
        await bot.ShouldBeTrueAsync();
        var lines = await LinesAsync(bot, before);
        lines.Single().ShouldMatch(@"^Away: 4 trades were made while nobody looked, the first 3 d 4 h ago: bought 4\.\d+ P\d+ for ");

        // It goes on as before, and what it does then is told again line by line.
        await bot.PriceAsync(93m);
        await bot.RestsAsync([90m, 92m], [96m, 98m, 100m, 102m, 104m, 106m, 108m, 110m]);
        await bot.BecomesAsync(() => bot.HasCountedAsync(bot.Trader));
        await bot.ShouldBeTrueAsync();
        (await LinesAsync(bot, before)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task DcaDeal_IsAwayForDays_BooksItsSafetyOrdersAndGoesOn()
    {
        await using var live = new BotLiveApp();
        await live.InitializeAsync();
        var bot = await BotAsync(
            live,
            "dca",
            new
            {
                baseOrder = "100",
                safetyOrder = "100",
                maxSafetyOrders = 3,
                activeSafetyOrders = 2,
                deviation = "2",
                takeProfit = new { percent = "2" },
                maxDeals = 1,
            }
        );
        await bot.StartAsync();
        await bot.RestsAsync([96m, 98m], [102m]);
        var before = (await JournalAsync(bot)).Count;

        await AwayAsync(live, bot, 97m, 93m, 99m);

        await bot.BecomesAsync(async () => (await bot.RestingAsync()) is ([94m], [> 99m and < 102m]));
        await bot.BecomesAsync(() => bot.HasCountedAsync(bot.Trader));
        await bot.ShouldBeTrueAsync();
        BotText.DcaState((await bot.RowAsync()).State!).Deals.Single().Lines.Count(l => l.Status == LineStatus.Done).ShouldBe(2);
        (await LinesAsync(bot, before))
            .Single()
            .ShouldMatch(@"^Away: 2 trades were made while nobody looked, the first 3 d 4 h ago: bought 2\.\d+ P\d+ for ");

        await bot.PriceAsync(101m);
        await bot.BecomesAsync(async () => BotText.DcaState((await bot.RowAsync()).State!) is { DealsOver: 1, Realized: > 0 });
        await bot.ShouldBeTrueAsync();
    }

    private static async Task<BotDrive> BotAsync(BotLiveApp live, string kind, object settings)
    {
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, kind, settings);
    }

    // The gaps are while it is away, and it comes back days later.
    private static async Task AwayAsync(BotLiveApp live, BotDrive bot, params decimal[] prices)
    {
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false) { Next = null, Status = 503 });
        await bot.BecomesAsync(async () => (await bot.Trader.AlarmsAsync()).Count > 0);
        foreach (var price in prices)
        {
            await bot.PriceAsync(price);
        }

        await live.PassAsync(Long);
        await live.Exchange.ClearFaultsAsync();
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(BotDrive bot, int before) => [.. (await JournalAsync(bot)).Skip(before)];

    // From its rows: sessions do not live so long.
    private static Task<List<string>> JournalAsync(BotDrive bot) =>
        bot.Trader.Live.ReadAsync(db =>
            db.BotJournal.AsNoTracking().Where(e => e.BotId == bot.Id).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync()
        );
}
