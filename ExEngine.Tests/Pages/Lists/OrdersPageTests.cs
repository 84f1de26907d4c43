using System.Text.RegularExpressions;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

[NeedsServer]
public sealed class OrdersPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task EveryState_FitsIsAccessibleAndIsExplained(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var signals = await reader.Rows.AddAsync(1);
        var orders = await SampleOrders.AddAsync(new OrderRows(app.App, reader.Rows), signals[0]);

        await reader.OpenAsync("/orders");
        await Lines(reader).First.WaitForAsync();
        await KeepAsync(reader, "orders");
        await reader.OpenAsync($"/orders/{orders[OrderStatus.Filled]}");
        await Assertions
            .Expect(reader.Page.Locator(".verdict-words"))
            .ToHaveTextAsync("Bought 0.01000 BTC at 60,015.40, 600.15 USDT in all.");
        await Assertions.Expect(reader.Page.Locator(".drawer")).ToContainTextAsync("0.0087 % worse");
        await Assertions.Expect(reader.Page.Locator(".drawer")).ToContainTextAsync("A signal of BTC breakout");
        await KeepAsync(reader, "order");
        await reader.OpenAsync($"/orders/{orders[OrderStatus.NeedsOperator]}");
        await Assertions.Expect(reader.Page.Locator(".drawer .notice")).ToContainTextAsync("look for the client id");
        await KeepAsync(reader, "order-needs-operator");

        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task NothingYet_SaysWhatToDoNext(Look look)
    {
        await using var reader = await app.SignInAsync(look);

        await reader.OpenAsync("/orders");

        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToContainTextAsync("No order yet");
        await KeepAsync(reader, "orders-empty");
    }

    /// <summary>The first rows travel with the page and back: they must not be too long for the circuit to start.</summary>
    [Fact]
    public async Task ManyOrdersWithLongReasons_OpenAsFewDo()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await new OrderRows(app.App, reader.Rows).AddAsync(
            Enumerable.Repeat<Action<Order>>(
                o => (o.Status, o.Code, o.Reason) = (OrderStatus.Rejected, "rejected", new string('x', 500)),
                60
            )
        );

        await reader.OpenAsync("/orders");

        await Assertions.Expect(Lines(reader).First).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task FillOfAnOpenOrder_IsShownWithoutReload()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(_ => { }, _ => { });
        await reader.OpenAsync($"/orders/{ids[0]}");
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(2);

        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db
                .Orders.Where(o => o.Id == ids[0])
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(o => o.Status, OrderStatus.Filled)
                        .SetProperty(o => o.FilledQuantity, 0.01m)
                        .SetProperty(o => o.ExecutedCost, 600m)
                );
        }

        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, ids[0]));

        await Assertions.Expect(Lines(reader).Nth(1)).ToContainTextAsync("Filled", new() { Timeout = 2000 });
        await Assertions.Expect(reader.Page.Locator(".verdict-words")).ToContainTextAsync("Bought 0.01000 BTC");
    }

    [Fact]
    public async Task Filters_LiveInTheAddressAndNarrowTheList()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        await SampleOrders.AddAsync(new OrderRows(app.App, reader.Rows));
        await reader.OpenAsync("/orders");

        await reader.Page.GetByLabel("Status").SelectOptionAsync("Needs a look");

        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex(@"\?status=attention$"));
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(2);
        await reader.Page.GetByLabel("Symbol").FillAsync("eth/usdt");
        await reader.Page.GetByLabel("Symbol").PressAsync("Enter");
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task OrderThatNeedsSomebody_IsAnAlarmOnEveryPageUntilItIsSettled()
    {
        await using var reader = await app.SignInAsync(Look.PhoneDark);
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(o => o.Status = OrderStatus.NeedsOperator);
        await reader.OpenAsync("/signals");
        await Assertions.Expect(reader.Page.Locator(".alarm")).ToContainTextAsync("An order needs you.");
        await KeepAsync(reader, "order-alarm");

        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db.Orders.Where(o => o.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.NotPlaced));
        }

        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, ids[0]));

        await Assertions.Expect(reader.Page.Locator(".alarm")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OrderThatWasNeverPlaced_IsSaidSoOnceAndComesBackAsAnAlarm()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(o =>
            (o.Status, o.ExchangeOrderId) = (OrderStatus.NeedsOperator, null)
        );
        await reader.OpenAsync($"/orders/{ids[0]}");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "It was never placed" }).ClickAsync();
        var dialog = reader.Page.Locator(".mud-dialog");
        await Assertions.Expect(dialog).ToContainTextAsync("you may buy or sell twice");
        await KeepAsync(reader, "order-never-placed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "It was never placed" }).ClickAsync();

        await Assertions.Expect(reader.Page.Locator(".verdict-words")).ToContainTextAsync("it was never placed");
        await Assertions.Expect(reader.Page.Locator(".alarm")).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator(".drawer")).ToContainTextAsync(reader.Rows.Email);

        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db
                .Orders.Where(o => o.Id == ids[0])
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(o => o.Status, OrderStatus.Open).SetProperty(o => o.Code, OrderCodes.PlacedAfterAll)
                );
        }

        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, ids[0]));
        await Assertions.Expect(reader.Page.Locator(".alarm")).ToContainTextAsync("placed after all");
        await KeepAsync(reader, "order-placed-after-all");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "I have seen it" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".alarm")).ToHaveCountAsync(0);
    }

    private static ILocator Lines(Reader reader) => reader.Page.Locator("tbody tr.mud-table-row");

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
