using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>Alerts that ask something of bots, at the fake Binance.</summary>
public abstract class AlertedBotSuite(LiveApp live)
{
    private static readonly object Asked = new
    {
        baseOrder = "100",
        takeProfit = new { percent = "5" },
        start = "whenAsked",
    };

    private static readonly object Lines = new
    {
        lower = "90",
        upper = "110",
        grids = 10,
        investment = "1000",
    };

    [Fact]
    public async Task Deal_IsStartedFedAndClosedOnce()
    {
        var bot = await BotAsync("dca", Asked);
        await TellAsync(bot, """{"action":"start_bot","bot":"Bot","id":"a"}""", "Bot was started.");
        await TellAsync(bot, """{"action":"start_deal","bot":"Bot","id":"b"}""", "A deal of Bot was asked for.");
        await bot.RestsAsync([], [105m]);
        await TellAsync(bot, """{"action":"start_deal","bot":"bot","id":"c"}""", "no_deal_now");
        await TellAsync(bot, """{"action":"add_funds","bot":"Bot","amount":"90","price":"95","id":"d"}""", "90 more for deal 1");
        await bot.RestsAsync([95m], [105m]);

        const string Close = """{"action":"close_deal","bot":"Bot","id":"e"}""";
        await TellAsync(bot, Close, "Deal 1 of Bot is to be sold at market.");
        await bot.BecomesAsync(async () => (await bot.ItemsAsync("deals")) is [var deal] && deal.TryGetProperty("closedAt", out _));
        (await bot.Trader.Door.SendAsync(Close)).Word.ShouldBe("duplicate");
        await TellAsync(bot, """{"action":"close_deal","bot":"Bot","id":"f"}""", "no_such_deal");

        await bot.ShouldBeTrueAsync();
        var ledger = await bot.Trader.LedgerAsync();
        ledger.Orders.Count(o => o is { Side: "BUY", Price: null }).ShouldBe(1);
        ledger.Orders.Count(o => o is { Side: "SELL", Price: null }).ShouldBe(1);
        (await bot.RestingAsync()).ShouldBe(([], []));
        (await bot.RowAsync()).Status.ShouldBe(BotStatus.Running);
        var journal = await bot.ItemsAsync("journal");
        journal.ShouldContain(e => e.GetProperty("text").GetString()!.StartsWith("The bot was started by webhook Webhook (signal "));
        journal.ShouldContain(e => e.GetProperty("text").GetString() == "Deal 1 is opened by webhook Webhook");
    }

    [Fact]
    public async Task Signal_HasItsOutcomeAndItsStep()
    {
        var bot = await BotAsync("dca", Asked);
        await TellAsync(bot, """{"action":"start_bot","bot":"Bot","id":"a"}""", "Bot was started.");
        var id = (await SignalsAsync(bot))[^1].Id;
        var signal = await bot.Trader.Client.GetFromJsonAsync<JsonElement>($"/api/signals/{id}");

        signal.GetProperty("action").GetString().ShouldBe("start_bot");
        signal.GetProperty("symbol").GetString().ShouldBe((await bot.RowAsync()).Symbol);
        signal
            .GetProperty("timeline")
            .EnumerateArray()
            .Select(s => s.GetProperty("step").GetString())
            .ShouldBe(["received", "authenticated", "parsed", "checked", "stored", "bot told"]);
    }

    [Fact]
    public async Task WhatCannotBeDone_IsRefusedWithItsCode()
    {
        var bot = await BotAsync("dca", Asked);
        var grid = await BotDrive.MakeAsync(bot.Trader, bot.Market, "grid", Lines, "Grid");
        var stranger = await BotAsync("dca", Asked);
        await TellAsync(bot, """{"action":"start_bot","bot":"Nobody","id":"1"}""", "bot_unknown");
        await TellAsync(bot, $$"""{"action":"start_bot","bot":"{{stranger.Id}}","id":"2"}""", "bot_unknown");
        await TellAsync(bot, """{"action":"start_bot","bot":"Bot","symbol":"ETH/BTC","id":"3"}""", "bot_other_symbol");
        await TellAsync(bot, """{"action":"stop_bot","bot":"Bot","id":"4"}""", "bot_status");
        await TellAsync(bot, """{"action":"start_deal","bot":"Bot","id":"5"}""", "bot_status");
        await TellAsync(bot, """{"action":"close_deal","bot":"Grid","id":"6"}""", "bot_wrong_kind");
        await TellAsync(bot, """{"action":"resume_bot","bot":"Bot","id":"7"}""", "bot_status");

        var paper = await DoorsApp.PostAsync(
            bot.Trader.Client,
            "/api/accounts",
            new
            {
                name = "Paper",
                exchange = "paper",
                mode = "paper",
            }
        );
        var door = await DoorsApp.PostAsync(
            bot.Trader.Client,
            "/api/webhooks",
            new
            {
                name = "Elsewhere",
                accountId = paper.GetProperty("id").GetGuid(),
                auth = "hmac",
            }
        );
        await bot.Trader.AlertAsync("""{"action":"start_bot","bot":"Bot","id":"8"}""", Sender.At(door, live.App.Address, "hmac"));
        await bot.BecomesAsync(async () => (await SignalsAsync(bot))[^1].Code == "bot_other_account");

        (await bot.RowAsync()).Status.ShouldBe(BotStatus.Ready);
        (await grid.RowAsync()).Status.ShouldBe(BotStatus.Ready);
        (await stranger.RowAsync()).Status.ShouldBe(BotStatus.Ready);
        (await bot.Trader.LedgerAsync()).Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Halted_TheWayOutPassesAndNoOther()
    {
        var bot = await BotAsync("dca", Asked);
        await TellAsync(bot, """{"action":"start_bot","bot":"Bot","id":"a"}""", "Bot was started.");
        await TellAsync(bot, """{"action":"start_deal","bot":"Bot","id":"b"}""", "A deal of Bot was asked for.");
        await bot.RestsAsync([], [105m]);
        await BotDrive.FineAsync(await bot.Trader.Client.PutAsJsonAsync("/api/risk", new { state = "halted" }));

        await TellAsync(bot, """{"action":"add_funds","bot":"Bot","amount":"50","id":"c"}""", "trading_halted");
        await TellAsync(bot, """{"action":"stop_bot","bot":"Bot","how":"close","id":"d"}""", "Bot was asked to close");
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Status == BotStatus.Stopped);
        await bot.ShouldBeTrueAsync();
        (await bot.RestingAsync()).ShouldBe(([], []));
    }

    [Fact]
    public async Task GridOfThreeCommas_IsStartedAndStoppedByItsNumberAndSecret()
    {
        var bot = await BotAsync("grid", Lines, "My grid #555");
        var door = await DoorsApp.PostAsync(
            bot.Trader.Client,
            "/api/webhooks",
            new
            {
                name = "3Commas",
                accountId = bot.Trader.AccountId,
                auth = "secret",
            }
        );
        var secret = door.GetProperty("secret").GetString()!;
        var url = new Uri(live.App.Address, new Uri(door.GetProperty("url").GetString()!).AbsolutePath);
        await PostAsync("start_bot", "0b6e1b1c-theirs", System.Net.HttpStatusCode.Unauthorized);
        await PostAsync("start_bot", secret, System.Net.HttpStatusCode.Accepted);
        await bot.RestsAsync([90m, 92m, 94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m]);
        await PostAsync("stop_bot", secret, System.Net.HttpStatusCode.Accepted);
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Status == BotStatus.Stopped);

        (await bot.RestingAsync()).ShouldBe(([], []));
        var signals = await SignalsAsync(bot);
        signals.ShouldAllBe(s => s.Status == SignalStatus.Done && s.Preset == "threeCommasBot");
        signals.ShouldAllBe(s => !s.Payload.Contains(secret) && !s.Detail.Contains(secret));

        async Task PostAsync(string action, string token, System.Net.HttpStatusCode expected)
        {
            using var client = new HttpClient();
            var quoteFirst = $"{bot.Market.Quote}_{bot.Market.Base}";
            var body =
                $$"""{"message_type":"grid_bot","bot_id":555,"email_token":"{{token}}","delay_seconds":0,"pair":"{{quoteFirst}}","action":"{{action}}"}""";
            var told = await client.PostAsync(url, new StringContent(body, Encoding.UTF8, "application/json"));
            told.StatusCode.ShouldBe(expected, await told.Content.ReadAsStringAsync());
        }
    }

    // What became of the newest alert is its code, or begins with these words.
    private async Task TellAsync(BotDrive bot, string alert, string outcome)
    {
        var before = (await SignalsAsync(bot)).Count;
        await bot.Trader.AlertAsync(alert);
        await Until.True(
            async () =>
                (await SignalsAsync(bot)) is { } all
                && all.Count == before + 1
                && (all[^1].Code == outcome || all[^1] is { Status: SignalStatus.Done, Reason: { } said } && said.StartsWith(outcome)),
            TimeSpan.FromSeconds(60),
            () => string.Join('\n', SignalsAsync(bot).Result.Select(s => $"{s.Action} {s.Status} {s.Code} {s.Reason}"))
        );
        (await SignalsAsync(bot))[^1].DueAt.ShouldBeNull();
    }

    private async Task<List<Signal>> SignalsAsync(BotDrive bot)
    {
        var user = (await bot.RowAsync()).UserId;
        return await live.ReadAsync(db => db.Signals.AsNoTracking().Where(s => s.UserId == user).OrderBy(s => s.Id).ToListAsync());
    }

    private async Task<BotDrive> BotAsync(string kind, object settings, string name = "Bot")
    {
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, kind, settings, name);
    }
}
