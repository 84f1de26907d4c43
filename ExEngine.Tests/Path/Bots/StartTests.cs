using System.Globalization;
using System.Text.Json;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>
/// Deals that begin by conditions, on the engine and the fake Binance's candles: one deal for each close, and none without it.
/// </summary>
[NeedsServer]
public sealed class StartTests(LiveApp live) : IClassFixture<LiveApp>
{
    private static readonly object Falls = new
    {
        baseOrder = "100",
        takeProfit = new { percent = "2" },
        start = "conditions",
        conditions = new[]
        {
            new[]
            {
                new
                {
                    kind = "change",
                    candle = "1d",
                    comparison = "below",
                    level = "-1",
                },
            },
        },
    };

    [Fact]
    public async Task Condition_ThatIsMetByAClose_OpensOneDeal_AndNoOtherForTheSameClose()
    {
        var bot = await BotAsync();
        await CandlesAsync(bot, upto: 2, last: 100);
        await bot.StartAsync();

        // The close has not come: it waits, and says for what.
        await bot.BecomesAsync(async () => Next(await bot.ViewAsync()).Contains("is not there yet", StringComparison.Ordinal));
        (await bot.ItemsAsync("deals")).ShouldBeEmpty();
        (await bot.ViewAsync()).GetProperty("start").GetProperty("holds").GetBoolean().ShouldBeFalse();

        await CandlesAsync(bot, upto: 1, last: 95);
        await bot.RestsAsync([], [102m]);
        (await bot.ItemsAsync("journal")).ShouldContain(j => Text(j) == "Deal 1 is opened by change over 1 on 1d below -1 % (-5)");

        await bot.PriceAsync(102.5m);
        await bot.BecomesAsync(async () => (await bot.ItemsAsync("deals"))[0].GetProperty("status").GetString() == "completed");
        var view = await bot.ViewAsync();
        view.GetProperty("start").GetProperty("holds").GetBoolean().ShouldBeTrue();
        Next(view).ShouldStartWith("the close that began the last deal still holds");
        foreach (var price in (decimal[])[102m, 101m, 100m])
        {
            await bot.PriceAsync(price);
            await bot.BecomesAsync(async () =>
                decimal.Parse((await bot.ViewAsync()).GetProperty("price").GetString()!, CultureInfo.InvariantCulture) == price
            );
        }

        (await bot.ItemsAsync("deals")).Count.ShouldBe(1);
        (await bot.Trader.LedgerAsync()).Orders.Count(o => o.Symbol == bot.Market.Id && o.Side == "BUY").ShouldBe(1);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task Condition_ThatIsNotMet_IsShownWithItsDistance_AndAPersonMayStartAllTheSame()
    {
        var bot = await BotAsync();
        await CandlesAsync(bot, upto: 1, last: 99.5m);
        await bot.PriceAsync(100);
        await bot.StartAsync();

        await bot.BecomesAsync(async () =>
            Next(await bot.ViewAsync()) == "waits for change over 1 on 1d below -1 %: now 0.5025, 1.503 away"
        );
        var one = (await bot.ViewAsync()).GetProperty("start").GetProperty("groups")[0][0];
        one.GetProperty("value").GetString().ShouldStartWith("-0.5");
        one.GetProperty("distance").GetString().ShouldStartWith("-0.5");
        (await bot.ItemsAsync("deals")).ShouldBeEmpty();

        await BotDrive.FineAsync(await bot.PostAsync("deals"));
        await bot.RestsAsync([], [102m]);
        (await bot.ItemsAsync("deals")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CandlesThatTheExchangeDoesNotGive_AreWaitedFor_InWords()
    {
        var bot = await BotAsync();
        await CandlesAsync(bot, upto: 1, last: 95);
        await live.Exchange.FailAsync("/api/v3/klines", 500);
        try
        {
            await bot.StartAsync();
            await bot.BecomesAsync(async () =>
                Next(await bot.ViewAsync()).Contains("binance does not give them", StringComparison.Ordinal)
            );
            (await bot.ItemsAsync("deals")).ShouldBeEmpty();
        }
        finally
        {
            await live.Exchange.ResetAsync();
        }

        await bot.RestsAsync([], [102m]);
    }

    private static string Next(JsonElement view) => view.TryGetProperty("next", out var next) ? next.GetString() ?? "" : "";

    private static string? Text(JsonElement entry) => entry.GetProperty("text").GetString();

    private async Task<BotDrive> BotAsync()
    {
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, "dca", Falls);
    }

    /// <summary>Twenty days, the last of them so many days ago.</summary>
    private Task CandlesAsync(BotDrive bot, int upto, decimal last) =>
        live.Exchange.SetCandlesAsync(
            bot.Market.Id,
            [
                .. Enumerable
                    .Range(upto, 20)
                    .Reverse()
                    .Select(d => new FakeClose(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-d), d == upto ? last : 100)),
            ]
        );
}
