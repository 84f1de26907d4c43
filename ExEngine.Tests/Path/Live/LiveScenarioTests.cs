using System.Net.Http.Json;
using ExEngine.Core.Alarms;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Live;

/// <summary>What goes wrong at three in the morning, on the fake Binance: what is sold, what stays, what is an alarm.</summary>
[NeedsServer]
public sealed class LiveScenarioTests(ImpatientLiveApp live) : IClassFixture<ImpatientLiveApp>
{
    [Fact]
    public async Task HaltWithTrailing_TheStopStillFollowsAndSells()
    {
        var (trader, market) = await StartAsync();
        await trader.BuyAsync(market.Id, "1", "entry", """ "stopLoss":{"type":"trailing_stop","trailPercent":"5"} """);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 1);
        var before = (await trader.RestingStopsAsync())[0].StopPrice;
        await HaltAsync(trader);

        await live.Exchange.SetPriceAsync(market.Id, 120m);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()) is [{ StopPrice: > 110 }]);
        await live.Exchange.SetPriceAsync(market.Id, 112m);
        await FlatAsync(trader);

        before.ShouldNotBeNull().ShouldBeLessThan(100);
        await NothingIsLeftAsync(trader, market);
        (await trader.AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task HaltWithATarget_TheTargetSells()
    {
        var (trader, market) = await StartAsync();
        await trader.BuyAsync(market.Id, "1", "entry", """ "stopLoss":{"percent":"5"},"takeProfit":{"percent":"10"} """);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 1);
        await HaltAsync(trader);

        await live.Exchange.SetPriceAsync(market.Id, 112m);
        await FlatAsync(trader);

        await NothingIsLeftAsync(trader, market);
    }

    [Fact]
    public async Task EntryThatFillsAfterTheHalt_IsProtected()
    {
        var (trader, market) = await StartAsync();
        await trader.AlertAsync(
            $$"""{"ticker":"{{market.Id}}","action":"buy","orderType":"limit","limitPrice":"95","quantity":"1","id":"entry","stopLoss":{"percent":"5"} }"""
        );
        await trader.BecomesAsync(async () => (await trader.LedgerAsync()).Orders.Count == 1);
        await HaltAsync(trader);

        await live.Exchange.SetPriceAsync(market.Id, 94.5m);

        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Sum(o => o.Quantity) == 0.999m);
        (await trader.RestingStopsAsync())[0].StopPrice.ShouldNotBeNull().ShouldBeInRange(90m, 91m);
    }

    [Fact]
    public async Task StopThatTheExchangeLost_IsPlacedAnew()
    {
        var (trader, market) = await StartAsync();
        await trader.BuyAsync(market.Id, "1", "entry", """ "stopLoss":{"percent":"5"} """);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 1);
        var lost = (await trader.RestingStopsAsync())[0];

        await live.Exchange.EndAsync(trader.Key.Account, lost.ClientId, forget: true);

        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()) is [var stop] && stop.Id != lost.Id);
        await live.Exchange.SetPriceAsync(market.Id, 94m);
        await FlatAsync(trader);
        await NothingIsLeftAsync(trader, market);
    }

    [Fact]
    public async Task SoldByHandAtTheExchange_WhatIsThereIsSoldAndTheRestIsAnAlarm()
    {
        var (trader, market) = await StartAsync();
        await trader.BuyAsync(market.Id, "1", "entry");
        using (var hand = new SignedClient(live.Exchange.Address, trader.Key))
        {
            (await hand.OrderAsync($"symbol={market.Id}&side=SELL&type=MARKET&quantity=0.4")).ShouldBeNull();
        }

        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"exit","id":"exit"}""");
        await trader.BecomesAsync(async () =>
            (await trader.LedgerAsync()).Fills.Where(f => f.Side == "SELL").Sum(f => f.Quantity) == 0.999m
        );

        // What somebody else took is not sold again and not forgotten: it is in the books until a person writes it off.
        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Any(a => a.Kind == AlarmKind.BooksDiffer));
        var position = (await trader.PositionsAsync()).ShouldHaveSingleItem();
        position.Quantity.ShouldBe(0.4m);
        (await trader.AlarmsAsync()).Single(a => a.Kind == AlarmKind.BooksDiffer).Message.ShouldContain("Write 0.4 off");
        (
            await trader.Client.PostAsJsonAsync(
                $"/api/accounts/{trader.AccountId}/holdings/{market.Base}/write-off",
                new { positionId = position.Id, quantity = "0.4" }
            )
        ).EnsureSuccessStatusCode();
        (await trader.PositionsAsync()).ShouldHaveSingleItem().Quantity.ShouldBe(0);
    }

    /// <summary>What no position holds pays first; what a position's coins had to pay is booked as that, and is no alarm.</summary>
    [Fact]
    public async Task FeesInBnb_LeaveTheBooksTrue()
    {
        var (trader, market) = await StartAsync();
        await live.Exchange.DepositAsync(trader.Key.Account, new Dictionary<string, decimal> { ["BNB"] = 0.0005m });
        await trader.BuyAsync("BNBUSDT", "0.1", "bnb");
        await live.Exchange.SetCommissionAsync(trader.Key.Account, new FakeCommission { In = FakeCommissionAsset.Bnb });
        await trader.BuyAsync(market.Id, "5", "entry");

        (await trader.PositionsAsync()).Single(p => p.Base == market.Base).Quantity.ShouldBe(5m, "Nothing is taken from what was bought.");
        await trader.BecomesAsync(() => IsTrueAsync(trader), TimeSpan.FromMinutes(1));
        var bnb = (await trader.PositionsAsync()).Single(p => p.Base == "BNB");
        bnb.Quantity.ShouldBeLessThan(0.0999m);
        bnb.RealizedProfit.ShouldBeLessThan(0);
        await trader.AlertAsync("""{"ticker":"BNBUSDT","action":"exit","id":"exit"}""");
        await trader.BecomesAsync(async () => (await trader.PositionsAsync()).Single(p => p.Base == "BNB").ClosedAt is not null);
        (await trader.AlarmsAsync()).ShouldBeEmpty();
    }

    // Σ positions + unassigned = holding, and nothing that is unassigned is below nothing.
    private static async Task<bool> IsTrueAsync(LiveTrader trader)
    {
        var held = (await trader.LedgerAsync()).Holdings(trader.Key.Account);
        return (await trader.PositionsAsync()).GroupBy(p => p.Base).All(g => g.Sum(p => p.Quantity) <= held.GetValueOrDefault(g.Key));
    }

    [Fact]
    public async Task PositionAboveTheLargestOrder_IsSoldInSeveral()
    {
        var (trader, market) = await StartAsync(LiveApp.SmallOrders);
        for (var i = 0; i < 3; i++)
        {
            await trader.BuyAsync(market.Id, "1", $"entry {i}");
        }

        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"exit","id":"exit"}""");
        await FlatAsync(trader);

        var sells = (await trader.LedgerAsync()).Fills.Where(f => f.Side == "SELL").ToList();
        sells.Sum(f => f.Quantity).ShouldBe(2.997m);
        sells.ShouldAllBe(f => f.Quantity <= 1m);
        await NothingIsLeftAsync(trader, market);
    }

    [Fact]
    public async Task TwoWebhooksOnOneSymbol_EachSellsItsOwn()
    {
        var (trader, market) = await StartAsync();
        var other = await trader.WebhookAsync("Other");
        await trader.BuyAsync(market.Id, "1", "one", """ "stopLoss":{"percent":"5"} """);
        await trader.BuyAsync(market.Id, "2", "two", """ "stopLoss":{"percent":"10"} """, other);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 2);

        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"exit","id":"exit"}""");
        await trader.BecomesAsync(async () => (await trader.PositionsAsync()).Select(p => p.Quantity).Order().SequenceEqual([0m, 1.998m]));

        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()) is [{ Quantity: 1.998m }]);
        (await trader.LedgerAsync()).Fills.Where(f => f.Side == "SELL").Sum(f => f.Quantity).ShouldBe(0.999m);
        await live.Exchange.SetPriceAsync(market.Id, 89m);
        await FlatAsync(trader);
        await NothingIsLeftAsync(trader, market);
    }

    [Fact]
    public async Task TradesThatAreNeverTold_AreBookedByHand()
    {
        var (trader, market) = await StartAsync();
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false, FaultOn.Trades) { Next = null });
        await live.Exchange.FaultAsync(new(FaultKind.Reset, Executed: true, FaultOn.Place) { Symbol = market.Id });
        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"buy","quantity":"1","id":"entry","stopLoss":{"percent":"5"} }""");
        await trader.BecomesAsync(async () =>
            (await trader.AlarmsAsync()).Any(a => a is { Kind: AlarmKind.BooksDiffer, OrderId: not null })
        );
        var id = (await trader.AlarmsAsync()).First(a => a.OrderId is not null).OrderId;

        var booked = await DoorsApp.PostAsync(trader.Client, $"/api/orders/{id}/executed", null);

        booked.GetProperty("code").GetString().ShouldBe("booked_by_hand");
        (await trader.PositionsAsync()).ShouldHaveSingleItem().Quantity.ShouldBe(1m, "The fee is not known.");
        (await trader.PositionsAsync())[0].EntryCost.ShouldBe(100m);
        await live.Exchange.ClearFaultsAsync();
        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"exit","id":"exit"}""");
        await trader.BecomesAsync(async () =>
            (await trader.LedgerAsync()).Fills.Where(f => f.Side == "SELL").Sum(f => f.Quantity) == 0.999m
        );

        // Trades that are told later count no more: the fee stays as dust.
        await trader.BecomesAsync(async () => (await trader.PositionsAsync()) is [{ Quantity: 0.001m }]);
    }

    [Fact]
    public async Task ThinBook_BuysNoDearerThanTheWebhookAllows()
    {
        var (trader, market) = await StartAsync();
        await live.Exchange.SetBookAsync(market.Id, new FakeBook { LevelQuantity = 0.01m, Levels = 1_000 });
        var careful = await trader.WebhookAsync("Careful", maxSlippage: "0.5");

        await trader.BuyAsync(market.Id, "2", "entry", door: careful);
        var order = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        (order.Price, order.FilledQuantity).ShouldBe((100.5m, 0.51m), "A tick a level: 51 of them up to 0.5 %.");
        (await trader.LedgerAsync()).Fills.ShouldAllBe(f => f.Price <= 100.5m);
    }

    [Fact]
    public async Task TradesAreNotTold_TheStopGoesByWhatWasExecuted()
    {
        var (trader, market) = await StartAsync();
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false, FaultOn.Trades) { Next = null });
        await live.Exchange.FaultAsync(new(FaultKind.Reset, Executed: true, FaultOn.Place) { Symbol = market.Id });
        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"buy","quantity":"1","id":"entry","stopLoss":{"percent":"5"} }""");

        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 1);
        await trader.BecomesAsync(async () =>
            (await trader.AlarmsAsync()).Any(a => a is { Kind: AlarmKind.BooksDiffer, OrderId: not null })
        );
        (await trader.PositionsAsync()).Sum(p => p.Quantity).ShouldBe(0, "No trade was told.");

        await live.Exchange.ClearFaultsAsync();
        await trader.BecomesAsync(async () => (await trader.PositionsAsync()) is [{ Quantity: 0.999m }]);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Sum(o => o.Quantity) == 0.999m);
        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Count == 0);
    }

    /// <summary>As long as <c>EXENGINE_OUTAGE</c> says, such as <c>00:10:00</c>; 12 s without it.</summary>
    [Fact]
    public async Task OutageDuringAnExit_SellsOnceWhenItIsOver()
    {
        var outage = TimeSpan.Parse(Environment.GetEnvironmentVariable("EXENGINE_OUTAGE") ?? "00:00:12");
        var (trader, market) = await StartAsync();
        await trader.BuyAsync(market.Id, "1", "entry", """ "stopLoss":{"percent":"5"} """);
        await trader.BecomesAsync(async () => (await trader.RestingStopsAsync()).Count == 1);

        // Some of what is sent is executed, and nobody says so.
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: true, FaultOn.Cancel) { Next = null, Probability = 0.5 });
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: true, FaultOn.Place) { Next = null, Probability = 0.5 });
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false) { Next = null });
        var over = TimeProvider.System.GetUtcNow() + outage;
        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"exit","id":"exit"}""");

        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Any(a => a.Kind == AlarmKind.ExitNotDone));
        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Any(a => a.Kind == AlarmKind.ExchangeAway));
        await trader.BecomesAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() >= over), outage + TimeSpan.FromMinutes(1));
        await live.Exchange.ClearFaultsAsync();

        await FlatAsync(trader, TimeSpan.FromMinutes(2));
        await NothingIsLeftAsync(trader, market);
        (await trader.LedgerAsync()).Fills.Where(f => f.Side == "SELL").Sum(f => f.Quantity).ShouldBe(0.999m);
        await trader.BecomesAsync(async () => (await trader.AlarmsAsync()).Count == 0);
    }

    private async Task<(LiveTrader Trader, FakeMarket Market)> StartAsync(FakeMarket? market = null)
    {
        await live.Exchange.ResetAsync();
        return (await live.TraderAsync(("USDT", 10_000m)), market ?? live.TakeMarket());
    }

    private static async Task HaltAsync(LiveTrader trader) =>
        (await trader.Client.PutAsJsonAsync("/api/risk", new { state = "halted" })).EnsureSuccessStatusCode();

    private static Task FlatAsync(LiveTrader trader, TimeSpan? patience = null) =>
        trader.BecomesAsync(async () => (await trader.PositionsAsync()).All(p => p is { ClosedAt: not null, Protection: null }), patience);

    private static async Task NothingIsLeftAsync(LiveTrader trader, FakeMarket market) =>
        (await trader.LedgerAsync()).Holdings(trader.Key.Account)[market.Base].ShouldBe(0);
}
