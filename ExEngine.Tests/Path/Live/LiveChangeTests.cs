using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Alarms;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using FaultKind = ExEngine.Tests.FakeExchange.FaultKind;

namespace ExEngine.Tests.Path.Live;

/// <summary>
/// Changing an open order on the fake Binance: cancelled, proven, and placed for what it did not execute; never twice, and never both.
/// </summary>
[NeedsServer]
public sealed class LiveChangeTests(LiveApp live) : IClassFixture<LiveApp>
{
    [Fact]
    public async Task PriceAndQuantity_AreOfTheOrderThatFollows()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "90");

        (await ChangeAsync(trader, old, new { price = "91", quantity = "0.5" })).ShouldBe(HttpStatusCode.Accepted);
        var follower = await FollowerAsync(trader, old, o => o.Status == OrderStatus.Open);

        (follower.Price, follower.Quantity, follower.OriginId, follower.Leg, follower.Generation).ShouldBe(
            (91m, 0.5m, old.OriginId, old.Leg, 1)
        );
        var ledger = await trader.LedgerAsync();
        ledger.Orders.Select(o => o.ClientOrderId).ShouldBe([old.ClientId, follower.ClientId]);
        ledger.Cancels.Select(o => o.ClientOrderId).ShouldBe([old.ClientId]);
        var told = await trader.Client.GetFromJsonAsync<JsonElement>($"/api/orders/{old.Id}");
        told.GetProperty("status").GetString().ShouldBe("canceled");
        told.GetProperty("replacedById").GetGuid().ShouldBe(follower.Id);
        (await trader.AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task FillDuringTheCancel_CountsAndTheRestFollows()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "95");
        await DelayCancelAsync(trader);

        await ChangeAsync(trader, old, new { price = "93" });
        await ArrivedAsync(trader, old);
        await live.Exchange.SetBookAsync(market.Id, new FakeBook { LevelQuantity = 0.4m });
        await live.Exchange.SetPriceAsync(market.Id, 94.5m);
        var follower = await FollowerAsync(trader, old, o => o.Status == OrderStatus.Open);

        (follower.Price, follower.Quantity).ShouldBe((93m, 0.6m));
        var ledger = await trader.LedgerAsync();
        ledger.Filled(old.ClientId).ShouldBe(0.4m);
        ledger.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task FilledDuringTheCancel_NothingFollows()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "95");
        await DelayCancelAsync(trader);

        await ChangeAsync(trader, old, new { price = "93" });
        await ArrivedAsync(trader, old);
        await live.Exchange.SetPriceAsync(market.Id, 94.5m);
        var settled = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        (settled.Status, settled.FilledQuantity, settled.IsBeingReplaced).ShouldBe((OrderStatus.Filled, 1m, false));
        (await trader.LedgerAsync()).Orders.Count.ShouldBe(1);
        (await trader.AlarmsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UnknownAnswers_AreAskedAboutAndNothingIsPlacedTwice(bool executed)
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "90");
        await live.Exchange.FaultAsync(new(FaultKind.Reset, executed, FaultOn.Cancel) { Account = trader.Key.Account });
        await live.Exchange.FaultAsync(new(FaultKind.Timeout1007, executed, FaultOn.Place) { Account = trader.Key.Account });

        await ChangeAsync(trader, old, new { price = "91" });
        Order? open = null;
        await trader.BecomesAsync(async () =>
            (open = (await OrdersAsync(trader)).Find(o => o.Generation > 0 && o.Status == OrderStatus.Open)) is not null
        );

        var ledger = await trader.LedgerAsync();
        ledger.Orders.Select(o => o.ClientOrderId).ShouldBe([old.ClientId, open!.ClientId]);
        ledger.Cancels.Count.ShouldBe(1);
        (open.ReplacesId, open.Price, open.Quantity).ShouldBe((old.Id, 91m, 1m));
    }

    [Fact]
    public async Task RefusedChange_LeavesTheOrderInPlace()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "90");
        await trader.Client.PutAsJsonAsync("/api/risk", new { currency = "USDT", limits = new { maxPositionValue = "100" } });

        (await ChangeAsync(trader, old, new { price = "91.001" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ChangeAsync(trader, old, new { quantity = "0.0001" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ChangeAsync(trader, old, new { quantity = "2" })).ShouldBe(HttpStatusCode.UnprocessableEntity, "above the limit");
        (await ChangeAsync(trader, old, new { })).ShouldBe(HttpStatusCode.BadRequest);
        await trader.Client.PutAsJsonAsync("/api/risk", new { currency = "USDT", limits = new { } });
        (await ChangeAsync(trader, old, new { quantity = "1000" })).ShouldBe(HttpStatusCode.UnprocessableEntity, "more than there is");

        var still = (await OrdersAsync(trader)).ShouldHaveSingleItem();
        (still.Status, still.CancelRequestedAt, still.IsBeingReplaced).ShouldBe((OrderStatus.Open, null, false));
        (await trader.LedgerAsync()).Cancels.ShouldBeEmpty();
    }

    [Fact]
    public async Task RefusedAfterTheCancel_IsAnAlarmUntilItIsSeen()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "90");
        await DelayCancelAsync(trader);

        await ChangeAsync(trader, old, new { quantity = "2" });
        await ArrivedAsync(trader, old);
        await trader.Client.PutAsJsonAsync(
            "/api/risk",
            new
            {
                state = "halted",
                currency = "USDT",
                limits = new { },
            }
        );
        Alarm? alarm = null;
        await trader.BecomesAsync(async () => (alarm = (await trader.AlarmsAsync()).SingleOrDefault()) is not null);

        (alarm!.Kind, alarm.OrderId).ShouldBe((AlarmKind.ChangeNotPlaced, old.Id));
        alarm.Message.ShouldContain("rest of 2 at 90");
        var ended = (await OrdersAsync(trader)).ShouldHaveSingleItem();
        (ended.Status, ended.Code).ShouldBe((OrderStatus.Canceled, OrderCodes.ChangeRefused));
        (await trader.LedgerAsync()).Orders.Count.ShouldBe(1);
        (await trader.Client.PostAsync($"/api/alarms/{alarm.Id}/acknowledge", null)).EnsureSuccessStatusCode();
        (await trader.AlarmsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CancelAfterAChange_IsTheLastWord()
    {
        var (trader, market) = await StartAsync();
        var old = await RestingAsync(trader, market, "90");
        await DelayCancelAsync(trader);

        await ChangeAsync(trader, old, new { price = "91" });
        (await trader.Client.DeleteAsync($"/api/orders/{old.Id}")).EnsureSuccessStatusCode();
        var settled = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        settled.Status.ShouldBe(OrderStatus.Canceled);
        (await ChangeAsync(trader, old, new { price = "92" })).ShouldBe(HttpStatusCode.Conflict);
        (await trader.LedgerAsync()).Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task PostOnly_RestsOrIsRefusedWithBidAndAsk()
    {
        var (trader, market) = await StartAsync();
        await RestingAsync(trader, market, "99", postOnly: true);

        await PlaceAsync(trader, market, "101", postOnly: true);
        await trader.BecomesAsync(async () => (await OrdersAsync(trader)).Exists(o => o.Status == OrderStatus.Rejected));

        (await trader.LedgerAsync()).Orders.Select(o => o.Type).ShouldBe(["LIMIT_MAKER"]);
        var refused = (await OrdersAsync(trader)).Single(o => o.Status == OrderStatus.Rejected);
        refused.Code.ShouldBe(FaultCodes.WouldTake);
        refused.Reason.ShouldNotBeNull().ShouldContain("bid 100, ask 100");
    }

    private async Task<(LiveTrader Trader, FakeMarket Market)> StartAsync() =>
        (await live.TraderAsync(("USDT", 1_000m)), live.TakeMarket());

    private static async Task<Guid> PlaceAsync(LiveTrader trader, FakeMarket market, string price, bool postOnly) => (
            await DoorsApp.PostAsync(
                trader.Client,
                "/api/orders",
                new
                {
                    accountId = trader.AccountId,
                    symbol = $"{market.Base}/USDT",
                    side = "buy",
                    type = "limit",
                    quantity = "1",
                    price,
                    postOnly,
                }
            )
        ).GetProperty("id").GetGuid();

    private async Task<Order> RestingAsync(LiveTrader trader, FakeMarket market, string price, bool postOnly = false)
    {
        var id = await PlaceAsync(trader, market, price, postOnly);
        Order? found = null;
        await trader.BecomesAsync(async () =>
            (found = (await OrdersAsync(trader)).Find(o => o.Id == id && o.Status == OrderStatus.Open)) is not null
        );
        return found!;
    }

    private static async Task<HttpStatusCode> ChangeAsync(LiveTrader trader, Order order, object change) =>
        (await trader.Client.PatchAsJsonAsync($"/api/orders/{order.Id}", change)).StatusCode;

    private Task DelayCancelAsync(LiveTrader trader) =>
        live.Exchange.FaultAsync(
            new(FaultKind.Delay, Executed: false, FaultOn.Cancel) { Account = trader.Key.Account, Milliseconds = 1_500 }
        );

    // The cancel is on its way: it is committed before it is sent.
    private Task ArrivedAsync(LiveTrader trader, Order order) =>
        trader.BecomesAsync(async () => (await OrdersAsync(trader)).Single(o => o.Id == order.Id).Status == OrderStatus.CancelPending);

    private async Task<Order> FollowerAsync(LiveTrader trader, Order old, Func<Order, bool> isSo)
    {
        Order? found = null;
        await trader.BecomesAsync(async () =>
            (found = (await OrdersAsync(trader)).Find(o => o.ReplacesId == old.Id && isSo(o))) is not null
        );
        return found!;
    }

    private Task<List<Order>> OrdersAsync(LiveTrader trader) =>
        live.ReadAsync(db => db.Orders.AsNoTracking().Where(o => o.AccountId == trader.AccountId).OrderBy(o => o.Id).ToListAsync());
}
