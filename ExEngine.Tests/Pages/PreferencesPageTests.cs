using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Preferences;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class PreferencesPageTests : IClassFixture<BrowserApp>
{
    private readonly BrowserApp _app;

    public PreferencesPageTests(BrowserApp app)
    {
        app.App["Execution:Enabled"] = "true";
        _app = app;
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Choice_IsSavedAndReachesPagesThatAreOpen(Look look)
    {
        await using var reader = await _app.SignInAsync(look);
        await SamplePositions.AddAsync(_app.App, reader.Rows);
        await reader.OpenAsync("/positions");
        var other = await reader.Page.Context.NewPageAsync();
        await other.GotoAsync("/account/preferences");
        await other.Locator(".connection[data-interactive=yes]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(reader.Page.Locator("main")).ToContainTextAsync("1,250,000,000");

        // By a part of the name, from the list.
        await other.GetByLabel("Time zone", new() { Exact = true }).FillAsync("kolk");
        await other.GetByRole(AriaRole.Option, new() { Name = "Asia/Kolkata" }).ClickAsync();
        await Expect(other.Locator("#zone-note")).ToContainTextAsync("there. Times, filters");
        await other.GetByLabel("1.234,56").CheckAsync();
        await other.GetByLabel("Blue and orange").CheckAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Save preferences" }).ClickAsync();

        await Expect(other.GetByRole(AriaRole.Status).Filter(new() { HasText = "Preferences saved." })).ToBeVisibleAsync();
        await Expect(other.GetByLabel("Time zone", new() { Exact = true })).ToHaveValueAsync("Asia/Kolkata");
        await Expect(reader.Page.Locator("main")).ToContainTextAsync("1.250.000.000");
        await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("data-colours", "blueOrange");
        await other.CloseAsync();

        await reader.OpenAsync("/account/preferences");
        await reader.ShotAsync("preferences", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        await reader.Page.GetByLabel("Time zone", new() { Exact = true }).FillAsync("Europe/Atlantis");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Save preferences" }).ClickAsync();
        await Expect(reader.Page.Locator("#zone-note")).ToContainTextAsync("There is no such time zone");
        reader.Complaints.ShouldBeEmpty();
    }

    /// <summary>What the server sends first is in the chosen format, zone and colours: nothing else is seen before.</summary>
    [Fact]
    public async Task FirstAnswer_IsAlreadyAsChosen_AndNoAmountIsOtherwise()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        await SamplePositions.AddAsync(_app.App, reader.Rows);
        await SampleMoney.AddAsync(_app.App, reader.Rows);
        await SampleSignals.AddAsync(reader.Rows);
        await SaveAsync(reader, p => p with { Numbers = NumberFormat.Comma, TimeZone = "Asia/Kolkata", Colours = PriceColours.RedGreen });

        var first = await (await reader.Page.GotoAsync("/positions"))!.TextAsync();
        first.ShouldContain("data-colours=\"redGreen\"");
        first.ShouldContain("data-zone=\"Asia/Kolkata\"");
        first.ShouldContain("1.250.000.000");
        first.ShouldNotContain("1,250,000,000");

        foreach (var page in new[] { "/", "/positions", "/orders", "/signals", "/money", "/balances", "/risk", "/activity" })
        {
            await reader.OpenAsync(page);
            await Expect(reader.Page.Locator(".skeleton")).ToHaveCountAsync(0);
            var amounts = await reader.Page.Locator(".amount, td.number, .figure .value, .exit").AllInnerTextsAsync();

            // A group of three behind a comma, or one or two decimals behind a point, is the other way of writing.
            amounts
                .Where(a => System.Text.RegularExpressions.Regex.IsMatch(a, @"\d,\d{3},|\d,\d{3}\.|\.\d{1,2}(?!\d)|\d\.\d{4,}"))
                .ShouldBeEmpty(page);
        }

        reader.Complaints.ShouldBeEmpty();
    }

    /// <summary>What nobody asked the page for, and what the engine said in words.</summary>
    [Fact]
    public async Task NewsInTheCorner_AndWhatTheEngineSaid_AreInTheReadersFormat()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        await SaveAsync(reader, p => p with { Numbers = NumberFormat.Comma });
        await reader.OpenAsync("/webhooks");
        var rows = new OrderRows(_app.App, reader.Rows);

        var orders = await rows.AddAsync(o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600.5m));
        _app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, orders[0]));
        await Expect(reader.Page.Locator(".toast").Filter(new() { HasText = "Bought 0,01" })).ToContainTextAsync("at 60.050,00 USDT");

        var refused = await reader.Rows.AddAsync(s =>
            (s.Status, s.Code, s.Reason) = (SignalStatus.Refused, "order_value_too_high", "The value 60,000.50 USDT is above 5,000.")
        );
        _app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, refused[0]));
        await Expect(reader.Page.Locator(".toast").Filter(new() { HasText = "The value 60.000,50 USDT is above 5.000." }))
            .ToHaveCountAsync(1);

        await reader.OpenAsync("/activity");
        await Expect(reader.Page.Locator(".activity .line").Filter(new() { HasText = "at 60.050,00 USDT" })).ToHaveCountAsync(1);
        await Expect(reader.Page.Locator(".activity .line").Filter(new() { HasText = "60.000,50 USDT is above 5.000." }))
            .ToHaveCountAsync(1);
        reader.Complaints.ShouldBeEmpty();
    }

    /// <summary>The filter's field holds the reader's time, the address UTC.</summary>
    [Fact]
    public async Task Filter_IsTypedInTheReadersZone()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        await new OrderRows(_app.App, reader.Rows).AddAsync(_ => { });
        await SaveAsync(reader, p => p with { TimeZone = "Asia/Kolkata" });
        await reader.OpenAsync("/orders");

        await reader.Page.GetByLabel("From (Asia/Kolkata)").FillAsync("2026-01-31T08:00");
        await reader.Page.GetByLabel("From (Asia/Kolkata)").BlurAsync();

        await Expect(reader.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=2026-01-31T02%3A30"));
        await Expect(reader.Page.GetByLabel("From (Asia/Kolkata)")).ToHaveValueAsync("2026-01-31T08:00");
    }

    /// <summary>A comma is the decimal mark of the ticket, what is shown can be typed, and paper asks by choice.</summary>
    [Fact]
    public async Task Ticket_ReadsWhatItShows_AndAsksOnPaperByChoice()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await SaveAsync(reader, p => p with { Numbers = NumberFormat.Comma, ConfirmPaperOrders = true, ConfirmPaperCancels = false });
        await reader.OpenAsync("/orders/new?symbol=ETH/USDT");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Limit");
        await page.GetByLabel("Quantity").FillAsync("0.5");
        await Expect(page.Locator("#ticket-size-note")).ToContainTextAsync("\"0.5\" is not clear: write 0,5 or 5.");
        await page.GetByLabel("Quantity").FillAsync("0,5");
        await page.GetByLabel("Limit price").FillAsync("1.000");
        await Expect(page.GetByLabel("Total")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^500(,0+)?$"));
        await page.GetByLabel("Limit price").PressAsync("ArrowUp");
        await Expect(page.GetByLabel("Limit price")).ToHaveValueAsync("1000,01");

        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 0,5000 ETH" }).ClickAsync();
        await Expect(page.GetByText("Orders on paper ask, too, by your preferences.")).ToBeVisibleAsync();
        var second = page.GetByRole(
            AriaRole.Button,
            new() { NameRegex = new System.Text.RegularExpressions.Regex("^Buy 0,5000 ETH at 1.000,01, paper") }
        );
        await Expect(second).ToBeVisibleAsync();
        await PressUntilAsync(page, page.Locator(".drawer .chip").First);
        await Expect(page.Locator(".drawer .chip").First).ToHaveTextAsync("Open");

        // One press cancels on paper, as chosen.
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.Locator(".drawer .verdict-words")).ToHaveTextAsync("It was cancelled before anything was filled.");
        var orders = await _app.App.Get<OrderQuery>().ListAsync(reader.Rows.UserId, new(), null, 2, CancellationToken.None);
        orders.Single().Quantity.ShouldBe(0.5m);
        orders.Single().Price.ShouldBe(1000.01m);
    }

    // Two presses that are nearer than half a second are one; the button goes once the order is placed.
    private static Task PressUntilAsync(IPage page, ILocator seen) =>
        Until.True(async () =>
        {
            await page.EvaluateAsync("document.querySelector('.place')?.click()");
            return await seen.CountAsync() > 0;
        });

    private async Task SaveAsync(Reader reader, Func<UserPreferences, UserPreferences> change) =>
        await _app
            .App.Get<PreferenceBook>()
            .SaveAsync(change(UserPreferences.Default with { UserId = reader.Rows.UserId }), CancellationToken.None);
}
