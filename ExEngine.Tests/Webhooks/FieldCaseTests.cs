using System.Net;
using System.Text.Json.Nodes;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Protection;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

/// <summary>
/// I10: alerts as people send them, over HTTP on a paper account, with what is held afterwards. Held before is 0.01998 BTC: 0.02 bought,
/// less the fee.
/// </summary>
[NeedsServer]
public sealed class FieldCaseTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    private const decimal Held = 0.01998m;
    private const decimal Dust = 0.00001m;

    [Theory]
    [InlineData("01-sell-contracts-ticker.json")]
    [InlineData("01-sell-key-case.json")]
    [InlineData("01-sell-octobot-quantity.txt")]
    [InlineData("01-sell-okx-size.json")]
    [InlineData("01-sell-quantity-native.json")]
    [InlineData("01-sell-wunder-amount.json")]
    public async Task SellOfAPart_SellsThatPart(string file) => (await HeldAfterAsync(file)).ShouldBe(Held - 0.005m);

    [Fact]
    public async Task SellAtALimitInOtherWords_RestsThere()
    {
        var trader = await HoldingAsync();

        await trader.AcceptedAsync("01-sell-openalgo-shape.json");

        var order = (await trader.OrdersAsync())[^1];
        (order.Type, order.Side, order.Price, order.Quantity).ShouldBe((OrderType.Limit, OrderSide.Sell, 200_000m, 0.005m));
        (await trader.HeldAsync()).ShouldBe(Held);
    }

    [Theory]
    [InlineData("01-sell-order_size-percent.json", "unit_unclear", "order_size")]
    [InlineData("12-octobot-cancel-sells-only.txt", "field_not_read", "TAG")]
    public async Task WhatIsNotClear_IsRefusedAndNamed(string file, string code, string field)
    {
        var trader = await HoldingAsync();

        var told = await trader.SendAsync(file);

        (told.Status, told.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, code), told.Body);
        told.Json.GetProperty("field").GetString().ShouldBe(field);
        (await trader.SignalsAsync()).Single(s => s.Id == told.Id).Code.ShouldBe(code);
        (await trader.HeldAsync()).ShouldBe(Held);
    }

    [Fact]
    public async Task StatedSize_IsBoughtAndNotTheWebhooksOwn()
    {
        var trader = await NewAsync(new { defaultSize = new { mode = "quote", value = "1000" } });

        await trader.AcceptedAsync("02-buy-quantity-with-default-size.json");

        (await trader.HeldAsync()).ShouldBe(0.000999m);
    }

    [Theory]
    [InlineData("03-qtyType.json", 0.5)]
    [InlineData("03-quantity_type-snake.json", 1)]
    public async Task SizeWithItsUnit_IsAShareOfTheEquity(string file, double percent)
    {
        var trader = await NewAsync();

        await trader.AcceptedAsync(file);

        var order = (await trader.OrdersAsync()).ShouldHaveSingleItem();
        (order.AveragePrice!.Value * order.FilledQuantity).ShouldBeInRange(90m * (decimal)percent, 101m * (decimal)percent);
    }

    [Theory]
    [InlineData("04-limit-orderType-limitPrice.json")]
    [InlineData("04-limit-order_type-limit_price-ticker.json")]
    [InlineData("04-limit-type-price.json")]
    public async Task LimitInOtherWords_IsALimit(string file)
    {
        var trader = await NewAsync();

        await trader.AcceptedAsync(file);

        var order = (await trader.OrdersAsync()).ShouldHaveSingleItem();
        (order.Type, order.Side, order.Price, order.Quantity).ShouldBe((OrderType.Limit, OrderSide.Buy, 50_000m, 0.001m));
    }

    [Fact]
    public async Task StopInOtherWords_IsNotSoldAtOnce()
    {
        var trader = await HoldingAsync();

        await trader.AcceptedAsync("04-stop-sold-at-market.json");

        var order = (await trader.OrdersAsync())[^1];
        (order.Type, order.Side, order.StopPrice, order.Quantity).ShouldBe((OrderType.Stop, OrderSide.Sell, 50_000m, 0.01m));
        (await trader.HeldAsync()).ShouldBe(Held);
    }

    [Theory]
    [InlineData("06-flat-3commas-off-step.json")]
    [InlineData("06-flat-off-step.json")]
    [InlineData("07-native-exit-close-off-tick.json")]
    [InlineData("09-native-reversal-sell.json")]
    [InlineData("13-exit-price-NaN.json")]
    [InlineData("13-exit-price-empty.json")]
    [InlineData("13-flat-price-0.json")]
    public async Task Exit_ClosesWhateverItsNumbersAre(string file) => (await HeldAfterAsync(file)).ShouldBeLessThan(Dust);

    [Theory]
    [InlineData("13-exit-price-NaN.json", "price is \"NaN\"")]
    [InlineData("13-exit-price-empty.json", "quantity is empty")]
    [InlineData("13-flat-price-0.json", "price is 0")]
    public async Task NumberThatIsNotUsed_IsANote(string file, string note)
    {
        var trader = await HoldingAsync();

        var id = await trader.AcceptedAsync(file);

        SignalDetailJson.Read((await trader.SignalsAsync()).Single(s => s.Id == id).Detail).Notes.ShouldContain(n => n.Contains(note));
    }

    [Fact]
    public async Task SellOfMoreThanIsHeld_SaysSo()
    {
        var trader = await HoldingAsync();

        var id = await trader.AcceptedAsync("09-native-reversal-sell.json");

        (await trader.SignalsAsync()).Single(s => s.Id == id).Reason.ShouldNotBeNull().ShouldContain("nothing is borrowed");
    }

    [Fact]
    public async Task MarketOrderOffTheTick_IsBought()
    {
        var trader = await NewAsync();

        await trader.AcceptedAsync("07-native-template-close-off-tick.json");

        (await trader.HeldAsync()).ShouldBe(0.000999m);
    }

    [Fact]
    public async Task ReversalFromShort_BuysWhatIsHeldAfterwards()
    {
        var trader = await NewAsync();

        await trader.AcceptedAsync("08-reversal-buy-double.json");

        (await trader.HeldAsync()).ShouldBe(0.00999m);
    }

    [Theory]
    [InlineData("10-octobot-stop-takeprofit.txt", "50000", "200000", false)]
    [InlineData("11-native-stop_loss-take_profit.json", "50000", "200000", false)]
    [InlineData("11-tradersPost-stop_loss-snake.json", "50000", null, false)]
    [InlineData("11-3commas-misspelt-protection.json", "2", "2", true)]
    public async Task Protection_IsArmed(string file, string stop, string? target, bool isPercent)
    {
        var trader = await NewAsync();

        await trader.AcceptedAsync(file);

        ProtectionPlan? plan = null;
        await Until.True(async () => (plan = await trader.ProtectionAsync()) is not null);
        var stopLoss = plan!.StopLoss.ShouldNotBeNull();
        (isPercent ? stopLoss.Percent : stopLoss.Price).ShouldBe(Number(stop));
        plan.TakeProfits.Select(t => isPercent ? t.Percent : t.Price).ShouldBe(target is null ? [] : [Number(target)]);
    }

    [Fact]
    public async Task ContractsOffTheStep_AreRoundedDownForTradingViewAndShown()
    {
        var trader = await NewAsync(new { sender = "tradingView", allowedIps = Array.Empty<string>() });

        var id = await trader.AcceptedAsync("20-contracts-off-step.json");

        (await trader.OrdersAsync()).ShouldHaveSingleItem().Quantity.ShouldBe(0.01633m);
        SignalDetailJson
            .Read((await trader.SignalsAsync()).Single(s => s.Id == id).Detail)
            .Notes.ShouldContain("quantity: asked 0.016339, sent 0.01633.");
    }

    private async Task<decimal> HeldAfterAsync(string file)
    {
        var trader = await HoldingAsync();
        await trader.AcceptedAsync(file);
        return await trader.HeldAsync();
    }

    private async Task<CaseTrader> HoldingAsync()
    {
        var trader = await NewAsync();
        (await trader.PostAsync("buy BTC/USDT 0.02")).Status.ShouldBe(HttpStatusCode.Accepted);
        await trader.SettledAsync();
        (await trader.HeldAsync()).ShouldBe(Held);
        return trader;
    }

    private async Task<CaseTrader> NewAsync(object? more = null)
    {
        var app = await apps.OnAsync(TwoDatabases.Sqlite);
        var (client, door) = await app.DoorAsync("secret", more: more);
        return new CaseTrader(app, client, door);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Somebody who sends field cases and looks at what became of them.</summary>
    private sealed class CaseTrader(IntakeApp app, HttpClient client, Sender door)
    {
        /// <summary>The body of a case, with the secret as a field where it is JSON.</summary>
        public async Task<Told> SendAsync(string file)
        {
            var body = await File.ReadAllTextAsync(Source.Path("ExEngine.Tests", "Webhooks", "FieldCases", file));
            if (body.TrimStart().StartsWith('{'))
            {
                var json = JsonNode.Parse(body)!.AsObject();
                json["secret"] = door.Secret;
                body = json.ToJsonString();
            }

            return await PostAsync(body);
        }

        public Task<Told> PostAsync(string body) => door.SendAsync(body);

        /// <summary>Sends it, and waits until nothing of it is left to be done.</summary>
        public async Task<Guid> AcceptedAsync(string file)
        {
            var told = await SendAsync(file);
            told.Status.ShouldBe(HttpStatusCode.Accepted, told.Body);
            await SettledAsync();
            return told.Id;
        }

        public async Task SettledAsync()
        {
            await Until.True(async () => (await SignalsAsync()).All(s => s.DueAt is null));
            await Until.True(async () =>
                (await OrdersAsync()).All(o => (o.Status.IsFinal() || o.Status == OrderStatus.Open) && o.FilledQuantity == o.BookedQuantity)
            );
        }

        public Task<List<Signal>> SignalsAsync() => app.RowsAsync(client);

        public async Task<List<Order>> OrdersAsync()
        {
            var user = (await SignalsAsync())[0].UserId;
            await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            return await db.Orders.AsNoTracking().Where(o => o.UserId == user).OrderBy(o => o.Id).ToListAsync();
        }

        public async Task<decimal> HeldAsync()
        {
            var user = (await SignalsAsync())[0].UserId;
            await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            return (await db.Positions.AsNoTracking().Where(p => p.UserId == user).Select(p => p.Quantity).ToListAsync()).Sum();
        }

        public async Task<ProtectionPlan?> ProtectionAsync()
        {
            var user = (await SignalsAsync())[0].UserId;
            await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            var plan = await db.Positions.AsNoTracking().Where(p => p.UserId == user).Select(p => p.Protection).SingleOrDefaultAsync();
            return ProtectionPlan.Read(plan);
        }
    }
}
