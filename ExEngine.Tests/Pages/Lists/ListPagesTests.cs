using System.Text.RegularExpressions;
using ExEngine.Core.Events;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages.Lists;

/// <summary>What a reader does with the long lists.</summary>
[NeedsServer]
public sealed class ListPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task HeadOfAColumn_SortsInTheAddressAndOutlivesAReload()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(
            s => s.Symbol = "SOL/USDT",
            s => (s.Symbol, s.Status, s.Reason) = ("ADA/USDT", SignalStatus.Refused, "The price is off the tick."),
            s => s.Symbol = "BTC/USDT"
        );
        await reader.OpenAsync("/signals");
        var page = reader.Page;
        var (symbols, head) = (page.Locator("td.symbol"), page.Locator("th.symbol"));
        await Expect(symbols).ToHaveTextAsync(["BTC/USDT", "ADA/USDT", "SOL/USDT"]);
        await Expect(page.Locator("th.time")).ToHaveAttributeAsync("aria-sort", "descending");

        var button = page.GetByRole(AriaRole.Button, new() { Name = "Symbol", Exact = true });
        await button.PressAsync("Enter");
        await Expect(symbols).ToHaveTextAsync(["ADA/USDT", "BTC/USDT", "SOL/USDT"]);
        await Expect(page).ToHaveURLAsync(new Regex(@"/signals\?sort=symbol$"));
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(button).ToBeFocusedAsync();
        await button.PressAsync("Enter");
        await Expect(symbols).ToHaveTextAsync(["SOL/USDT", "BTC/USDT", "ADA/USDT"]);
        await reader.ShotAsync("signals-sorted");
        (await head.BoundingBoxAsync())!.Height.ShouldBeLessThan(45, "The heads are one line.");
        await reader.ShouldBeAccessibleAsync();

        await reader.OpenAsync(page.Url);
        await Expect(symbols).ToHaveTextAsync(["SOL/USDT", "BTC/USDT", "ADA/USDT"]);
        await Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page.Locator("td.reason").Last).ToHaveTextAsync("The price is off the tick.");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task PriceQuantityAndFills_SortByValueFromTheirHeads()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var rows = new OrderRows(app.App, reader.Rows);
        await rows.AddAsync(
            o => (o.Price, o.Quantity) = (9m, 3m),
            o => (o.Price, o.Quantity) = (10m, 20m),
            o => (o.Price, o.Type, o.Quantity) = (null, OrderType.Market, 100m),
            o =>
                (o.Price, o.Quantity, o.Status, o.FilledQuantity, o.ExecutedCost) = (
                    100.5m,
                    0.00001234m,
                    OrderStatus.Filled,
                    0.00001234m,
                    1m
                )
        );
        var page = reader.Page;
        await reader.OpenAsync("/orders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Price", Exact = true }).ClickAsync();
        await Expect(page.Locator("td.price")).ToHaveTextAsync(new Regex[] { new("^9"), new("^10\\b"), new("^100.5"), new("market") });
        await Expect(page).ToHaveURLAsync(new Regex(@"/orders\?sort=price$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Price", Exact = true }).ClickAsync();
        await Expect(page.Locator("td.price")).ToHaveTextAsync(new Regex[] { new("^100.5"), new("^10\\b"), new("^9"), new("market") });
        await reader.OpenAsync("/orders?sort=quantity");
        await Expect(page.Locator("td.quantity")).ToHaveTextAsync(new Regex[] { new("^0.00001"), new("^3"), new("^20"), new("^100") });

        var position = await rows.AddPositionAsync();
        await reader.OpenAsync($"/positions/{position}");
        await page.Locator("table.fills").GetByRole(AriaRole.Link, new() { Name = "Price", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?fills=-price$"));
        await Expect(page.Locator("table.fills th[aria-sort=descending]")).ToHaveTextAsync(new Regex("Price"));
        await reader.OpenAsync("/positions?sort=quantity");
        await Expect(page.Locator("th.quantity")).ToHaveAttributeAsync("aria-sort", "ascending");
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task EdgeOfAColumn_ChangesItsWidth()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(3);
        await reader.OpenAsync("/signals");
        var (head, page) = (reader.Page.Locator("th.webhook"), reader.Page);
        var edge = (await head.Locator(".mud-resizer").BoundingBoxAsync())!;
        var before = (await head.BoundingBoxAsync())!.Width;

        await page.Mouse.MoveAsync(edge.X + 4, edge.Y + 10);
        await page.Mouse.DownAsync();

        // The grid asks the browser for widths first.
        await Until.True(async () =>
        {
            await page.Mouse.MoveAsync(edge.X + 40, edge.Y + 10);
            await page.Mouse.MoveAsync(edge.X + 64, edge.Y + 10);
            return (await head.BoundingBoxAsync())!.Width > before + 40;
        });
        await page.Mouse.UpAsync();
        await reader.ShouldFitTheWidthAsync();
    }

    [Fact]
    public async Task RowUnderTheMouse_StandsStillWhileAlertsArrive()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(40);
        await reader.OpenAsync("/signals");
        var page = reader.Page;
        await Expect(page.Locator("td.symbol").Nth(10)).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(700, 400);
        await page.Mouse.MoveAsync(701, 402);
        var place = await page.EvaluateAsync<string>("document.elementFromPoint(701, 402).closest('tr').querySelector('a').id");
        await page.EvaluateAsync(
            """
            window.shift = 0;
            new PerformanceObserver(l => l.getEntries().forEach(e => window.shift += e.value)).observe({ type: 'layout-shift' });
            """
        );

        var pill = page.Locator(".pill");
        for (var i = 1; i <= 5; i++)
        {
            await reader.Rows.AddAsync(Enumerable.Repeat<Action<Signal>>(s => s.Symbol = "SOL/USDT", 20));
            app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, Guid.Empty));
            await Expect(pill).ToHaveTextAsync($"{i * 20} new");
        }

        (await page.EvaluateAsync<string>("document.elementFromPoint(701, 402).closest('tr').querySelector('a').id")).ShouldBe(place);
        (await page.EvaluateAsync<double>("window.shift")).ShouldBeLessThan(0.05);
        await pill.ClickAsync();
        await Expect(page.Locator("td.symbol").First).ToHaveTextAsync("SOL/USDT");
        await Expect(pill).ToHaveCountAsync(0);

        // Without the mouse new rows join at once; no element is pushed anywhere, each is written over.
        await page.Mouse.MoveAsync(2, 2);
        await page.Mouse.MoveAsync(5, 5);
        await page.EvaluateAsync("window.shift = 0");
        for (var i = 1; i <= 4; i++)
        {
            var name = $"X{i}/USDT";
            await reader.Rows.AddAsync(s => s.Symbol = name);
            app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, Guid.Empty));
            await Expect(page.Locator("td.symbol").First).ToHaveTextAsync(name);
        }

        (await page.EvaluateAsync<double>("window.shift")).ShouldBeLessThan(0.05);
    }

    [Fact]
    public async Task ThreeChosenOrders_AreCancelledByOneAnswerAndNoOther()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(
            o => o.Status = OrderStatus.Filled,
            _ => { },
            _ => { },
            _ => { },
            _ => { }
        );
        await reader.OpenAsync("/orders");
        var page = reader.Page;
        var boxes = page.Locator("td.choose input");
        await Expect(boxes).ToHaveCountAsync(5);
        await Expect(boxes.Last).ToBeDisabledAsync();

        await boxes.Nth(0).CheckAsync();
        await boxes.Nth(1).CheckAsync();
        await boxes.Nth(3).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel all (4)" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel 3", Exact = true }).ClickAsync();
        var dialog = page.Locator(".mud-dialog");
        await Expect(dialog.Locator("li")).ToHaveCountAsync(3);
        await reader.ShotAsync("orders-cancel-three");
        await reader.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 3 orders" }).ClickAsync();

        await using var db = await reader.Rows.DatabaseAsync();
        var asked = db.Orders.Where(o => o.CancelRequestedAt != null && ids.Contains(o.Id)).Select(o => o.Id);
        await Until.True(async () => await asked.CountAsync() >= 3);
        (await asked.ToListAsync()).ShouldBe([ids[4], ids[3], ids[1]], ignoreOrder: true);
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"^Cancel \d+$") })).ToHaveCountAsync(0);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task DrawerOfARow_GoesToTheNextAndBackInOneStep()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(
            o => o.Symbol = "AAA/USDT",
            o => o.Symbol = "BBB/USDT",
            o => o.Symbol = "CCC/USDT"
        );
        await reader.OpenAsync("/orders?status=active");
        var (page, title) = (reader.Page, reader.Page.Locator(".drawer h2"));
        await page.Locator(".row-link").First.ClickAsync();
        await Expect(title).ToContainTextAsync("CCC/USDT");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Previous" })).ToHaveAttributeAsync("aria-disabled", "true");

        await page.Keyboard.PressAsync("j");
        await Expect(title).ToContainTextAsync("BBB/USDT");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(title).ToContainTextAsync("AAA/USDT");
        await Expect(page).ToHaveURLAsync(new Regex($@"/orders/{ids[0]}\?status=active$"));
        await reader.ShotAsync("order-next");
        await reader.ShouldBeAccessibleAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(title).ToContainTextAsync("BBB/USDT");
        await page.GoBackAsync();

        await Expect(page.Locator(".drawer")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex(@"/orders\?status=active$"));
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_SaysWhyOnAPhone()
    {
        await using var reader = await app.SignInAsync(Look.PhoneLight);
        await new OrderRows(app.App, reader.Rows).AddAsync(o =>
            (o.Status, o.Code, o.Reason) = (OrderStatus.Rejected, "-2010", "Account has insufficient balance for requested action.")
        );

        await reader.OpenAsync("/orders");

        var reason = reader.Page.Locator("td.reason");
        await Expect(reason).ToBeVisibleAsync();
        await Expect(reason).ToContainTextAsync("insufficient balance");
        (await reader.Page.Locator("tbody tr.mud-table-row").First.BoundingBoxAsync())!.Height.ShouldBe(68, 1);
        await reader.ShotAsync("orders-refused");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
