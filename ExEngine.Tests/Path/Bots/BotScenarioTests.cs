using System.Globalization;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>What happens to a bot's orders and coins without it, at the fake Binance; what it does then, and what it says.</summary>
[NeedsServer]
public sealed class BotScenarioTests(BotLiveApp live) : IClassFixture<BotLiveApp>
{
    private static readonly object Grid = new
    {
        lower = "90",
        upper = "110",
        grids = 10,
        investment = "1000",
    };

    private static readonly decimal[] Buys = [90m, 92m, 94m, 96m, 98m];
    private static readonly decimal[] Sells = [102m, 104m, 106m, 108m, 110m];

    [Fact]
    public async Task SoldElsewhere_WhatIsThereIsSoldAndTheRestNeedsYou()
    {
        var bot = await BotAsync(
            "dca",
            new
            {
                baseOrder = "100",
                maxSafetyOrders = 0,
                takeProfit = new { percent = "2", trailing = "1" },
                maxDeals = 1,
            }
        );
        await bot.StartAsync();
        await bot.BecomesAsync(async () => (await bot.HeldAsync()) == 0.999m);
        await HandAsync(bot, "SELL", "0.4");

        await bot.PriceAsync(104m);
        await bot.BecomesAsync(async () => ((await bot.RowAsync()).State ?? "").Contains("104", StringComparison.Ordinal));
        await bot.PriceAsync(102.5m);

        await bot.BecomesAsync(async () => (await bot.RowAsync()).Problem is not null);
        (await bot.RowAsync()).Problem.ShouldNotBeNull().ShouldContain($"0.4 of 0.999 {bot.Market.Base} held is gone");
        await bot.BecomesAsync(async () => (await bot.HeldAsync()) == 0.4m && await bot.IsToldAsync());
        (await bot.Trader.LedgerAsync())
            .Fills.Where(f => f.Side == "SELL")
            .Sum(f => f.Quantity)
            .ShouldBe(0.999m, "Nothing was sold short.");

        // The books keep what the bot bought and did not sell; no profit is made of what somebody else took.
        var deal = (await bot.ItemsAsync("deals"))[0];
        deal.GetProperty("status").GetString().ShouldBe("completed");
        deal.GetProperty("held").GetString().ShouldBe("0.4");
        deal.GetProperty("realized").GetString().ShouldBe("1.37614254004004");
        (await bot.ItemsAsync("journal")).ShouldContain(e => e.GetProperty("text").GetString()!.Contains("not at the exchange any more"));
    }

    [Fact]
    public async Task GridLineCancelledElsewhere_IsPutBackOnceThenAsks()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);

        await CancelByHandAsync(bot, 96m);
        await bot.RestsAsync(Buys, Sells);
        await CancelByHandAsync(bot, 96m);
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Problem is not null);
        (await bot.RestingAsync()).Buys.ShouldBe([90m, 92m, 94m, 98m]);

        // The others go on.
        await bot.PriceAsync(97.5m);
        await bot.RestsAsync([90m, 92m, 94m], [100m, .. Sells]);
        var line = (await bot.ItemsAsync("lines")).Single(l => l.GetProperty("status").GetString() == "cancelledByYou");
        await BotDrive.FineAsync(await bot.PostAsync($"lines/{line.GetProperty("slot").GetString()}/answer", new { putBack = true }));
        await bot.RestsAsync([90m, 92m, 94m, 96m], [100m, .. Sells]);
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Problem is null);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task OrderThatVanished_IsProvenAbsentAndPutBack()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);

        await live.Exchange.EndAsync(bot.Trader.Key.Account, await bot.ClientIdAsync(96m), forget: true);

        await bot.BecomesAsync(async () => (await bot.RestingAsync()).Buys.SequenceEqual(Buys));
        await bot.PriceAsync(95m);
        await bot.RestsAsync([90m, 92m, 94m], [98m, 100m, .. Sells]);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task OrdersThatWereNeverTaken_AreThereOnce()
    {
        var bot = await BotAsync("grid", Grid);
        await live.Exchange.FaultAsync(new(FaultKind.Unexpected1006, Executed: false, FaultOn.Place) { Symbol = bot.Market.Id, Next = 2 });
        await live.Exchange.FaultAsync(new(FaultKind.Timeout1007, Executed: true, FaultOn.Place) { Symbol = bot.Market.Id, Next = 2 });
        await bot.StartAsync();

        await bot.RestsAsync(Buys, Sells);
        await bot.PriceAsync(95m);
        await bot.RestsAsync([90m, 92m, 94m], [98m, 100m, .. Sells]);
        await bot.ShouldBeTrueAsync();
    }

    /// <summary>Where two bots of one account would trade with each other, the exchange ends one of the orders.</summary>
    [Fact]
    public async Task OrderEndedSoAsNotToTradeWithOneself_GoesATickAwayOnceThenAsks()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);

        await live.Exchange.EndAsync(bot.Trader.Key.Account, await bot.ClientIdAsync(96m));
        await bot.RestsAsync([90m, 92m, 94m, 95.99m, 98m], Sells);
        await live.Exchange.EndAsync(bot.Trader.Key.Account, await bot.ClientIdAsync(95.99m));

        await bot.BecomesAsync(async () => (await bot.RowAsync()).Problem is not null);
        (await bot.RestingAsync()).Buys.ShouldBe([90m, 92m, 94m, 98m]);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task FeesInBnbThatRunOut_AreThenTakenFromTheCoins()
    {
        var bot = await BotAsync("grid", Grid);
        await live.Exchange.SetCommissionAsync(bot.Trader.Key.Account, new FakeCommission { In = FakeCommissionAsset.Bnb });

        // For the first buy and a line or two.
        await live.Exchange.DepositAsync(bot.Trader.Key.Account, new Dictionary<string, decimal> { ["BNB"] = 0.0011m });
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);
        foreach (var price in new[] { 95m, 99m, 91m, 99m })
        {
            await bot.PriceAsync(price);
            await bot.BecomesAsync(async () => (await bot.RestingAsync()) is var (b, s) && b.Length + s.Length == 10);
        }

        var fills = await live.ReadAsync(db => db.Fills.AsNoTracking().Where(f => f.OwnerId == bot.Id).ToListAsync());
        fills.Select(f => f.FeeAsset).Distinct().Order().ShouldBe(new[] { "BNB", bot.Market.Base, "USDT" }.Order());
        await bot.ShouldBeTrueAsync();
        await bot.StopAsync("close");
        await bot.BecomesAsync(async () => (await bot.RowAsync()).Status == BotStatus.Stopped);
        await bot.ShouldBeTrueAsync();
        (await bot.HeldAsync()).ShouldBeLessThan(0.0001m, "Dust.");
    }

    [Fact]
    public async Task ExchangeAway_NothingIsAskedAndTheBotGoesOnByItself()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false) { Next = null, Status = 503 });
        await bot.PriceAsync(95m);
        await bot.BecomesAsync(async () => (await bot.Trader.AlarmsAsync()).Count > 0);
        await bot.PriceAsync(99m);

        await live.Exchange.ClearFaultsAsync();

        // 98 and 96 were bought while nobody was told; 98 and 100 would have sold them at once and do so now, at what is there.
        await bot.BecomesAsync(async () =>
            (await bot.RestingAsync()) is ({ Length: > 0 }, { Length: > 0 }) && (await bot.TradesAsync()) == 4
        );
        await bot.BecomesAsync(async () => (await bot.RestingAsync()) is var (b, s) && b.Length + s.Length == 10);
        await bot.BecomesAsync(async () => (await bot.Trader.AlarmsAsync()).Count == 0);
        (await bot.RowAsync()).Status.ShouldBe(BotStatus.Running);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task MarketBreak_NoLineGivesUp()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);
        await live.Exchange.SetMarketAsync(bot.Market with { Status = "BREAK" });
        await live.RulesAreReadAsync();
        await bot.PriceAsync(95m);
        await bot.BecomesAsync(() => bot.HasCountedAsync(bot.Trader));
        await bot.RestsAsync([90m, 92m, 94m], Sells);

        await live.Exchange.SetMarketAsync(bot.Market);
        await live.RulesAreReadAsync();

        await bot.RestsAsync([90m, 92m, 94m], [98m, 100m, .. Sells]);
        (await bot.RowAsync()).Status.ShouldBe(BotStatus.Running);
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task RulesThatChange_WhatNoLongerFitsNeedsYouWithBothNumbers()
    {
        var bot = await BotAsync("grid", Grid);
        await bot.StartAsync();
        await bot.RestsAsync(Buys, Sells);

        // A line is worth its price times 1.02: what is sold at 102 and above fits, what was bought at 96 and is to go at 98 does not.
        await live.Exchange.SetMarketAsync(bot.Market with { MinNotional = "101.00000000" });
        await live.RulesAreReadAsync();
        await bot.PriceAsync(95m);

        await bot.BecomesAsync(async () => (await bot.RowAsync()).Problem is not null);
        (await bot.RowAsync()).Problem.ShouldNotBeNull().ShouldContain("101");
        (await bot.RestingAsync()).Buys.ShouldBe([90m, 92m, 94m], "What rests stays.");
        await bot.ShouldBeTrueAsync();
        await live.Exchange.SetMarketAsync(bot.Market);
        await live.RulesAreReadAsync();
    }

    [Fact]
    public async Task SeveralBotsAndAWebhookOnOneSymbol_EachHasItsOwn()
    {
        var grid = await BotAsync("grid", Grid);
        var (trader, market) = (grid.Trader, grid.Market);
        var dca = await BotDrive.MakeAsync(
            trader,
            market,
            "dca",
            new
            {
                baseOrder = "100",
                safetyOrder = "100",
                maxSafetyOrders = 2,
                deviation = "3",
                takeProfit = new { percent = "3" },
                maxDeals = 1,
            },
            "Second"
        );
        await trader.BuyAsync(market.Id, "1.5", "webhook");
        await grid.StartAsync();
        await grid.BecomesAsync(async () => (await grid.RestingAsync()) is var (b, s) && b.Length + s.Length == 10);
        await dca.StartAsync();
        await dca.BecomesAsync(async () => (await dca.HeldAsync()) > 0);

        foreach (var price in new[] { 96.5m, 93m, 98m, 91m, 101m, 97m })
        {
            await grid.PriceAsync(price);
            await grid.BecomesAsync(async () => await grid.HasCountedAsync(trader));
        }

        await grid.StopAsync("close");
        await dca.StopAsync("close");
        await grid.BecomesAsync(async () => (await grid.RowAsync()).Status == BotStatus.Stopped);
        await dca.BecomesAsync(async () => (await dca.RowAsync()).Status == BotStatus.Stopped);

        // The account's coins are what the three of them say, digit for digit; the webhook's are untouched.
        await grid.BecomesAsync(async () => await grid.HasCountedAsync(trader));
        var positions = await trader.PositionsAsync();
        positions.Sum(p => p.Quantity).ShouldBe((await trader.LedgerAsync()).Holdings(trader.Key.Account)[market.Base]);
        positions.Select(p => p.Quantity).Max().ShouldBe(1.4985m);
        await grid.ShouldBeTrueAsync(onlyOwn: true);
        await dca.ShouldBeTrueAsync(onlyOwn: true);
        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Count == 0);
        (await trader.AlarmsEverAsync()).ShouldNotContain(a => a.Contains("sold or moved elsewhere"));
    }

    private async Task<BotDrive> BotAsync(string kind, object settings)
    {
        await live.Exchange.ResetAsync();
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, kind, settings);
    }

    private async Task HandAsync(BotDrive bot, string side, string quantity)
    {
        using var hand = new SignedClient(live.Exchange.Address, bot.Trader.Key);
        (await hand.OrderAsync($"symbol={bot.Market.Id}&side={side}&type=MARKET&quantity={quantity}")).ShouldBeNull();
    }

    private async Task CancelByHandAsync(BotDrive bot, decimal price)
    {
        using var hand = new SignedClient(live.Exchange.Address, bot.Trader.Key);
        var id = await bot.ClientIdAsync(price);
        var (status, _, json) = await hand.SendAsync(
            HttpMethod.Delete,
            "/api/v3/order",
            string.Create(CultureInfo.InvariantCulture, $"symbol={bot.Market.Id}&origClientOrderId={id}")
        );
        status.ShouldBe(200, json.ToJsonString());
    }
}

/// <summary>The same with a clock that makes what is known of markets old.</summary>
public sealed class BotLiveApp : LiveApp
{
    private readonly OffsetClock _clock = new();

    /// <summary>So long passes, for the engine and for its exchange alike. Once for each application.</summary>
    internal async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await Exchange.SetClockAsync(time);
    }

    /// <summary>The engine goes by the exchange's rules of now.</summary>
    internal async Task RulesAreReadAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(61));
        await App.Get<MarketCatalog>().RefreshDueAsync();
    }

    protected override Task<string?> DatabaseAsync()
    {
        App["Execution:AlarmAfter"] = "00:00:03";
        App.With(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)));
        return base.DatabaseAsync();
    }
}
