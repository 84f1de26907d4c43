using ExEngine.Core.Protection;
using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>What is typed into the ticket is what is ordered, however slow the line is.</summary>
[NeedsServer]
public sealed class TicketTypingTests : IClassFixture<BrowserApp>
{
    private static readonly TimeSpan EachWay = TimeSpan.FromMilliseconds(150);

    /// <summary>In milliseconds between two keys: somebody who types well.</summary>
    private const float Pace = 90;

    private readonly BrowserApp _app;

    public TicketTypingTests(BrowserApp app)
    {
        app.App["Execution:Enabled"] = "true";
        _app = app;
    }

    [Fact]
    public async Task SlowLine_WhatIsTyped_StandsThereAndIsOrdered()
    {
        await using var line = new SlowLine(_app.App.Address, EachWay);
        await using var reader = await _app.SignInAsync(Look.WideLight);
        var page = reader.Page;
        await reader.OpenAsync($"{line.Address}orders/new?symbol=XRP/USDT");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Limit");
        await TypeAsync(page.GetByLabel("Limit price"), "1.2345");
        await Expect(page.GetByLabel("Limit price")).ToHaveValueAsync("1.2345");

        // The total follows the quantity and is typed into while it does; what was typed last counts.
        await TypeAsync(page.GetByLabel("Quantity"), "41.7");
        await TypeAsync(page.GetByLabel("Total"), "1,000.5", replace: true);
        await Expect(page.GetByLabel("Total")).ToHaveValueAsync("1,000.5");
        await Expect(page.GetByLabel("Quantity")).ToHaveValueAsync("810.4");
        await TypeAsync(page.GetByLabel("Quantity"), "41.7", replace: true);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".drawer .verdict-words")).ToContainTextAsync("It rests at the exchange", new() { Timeout = 8000 });
        await using var db = await reader.Rows.DatabaseAsync();
        var order = await db.Orders.SingleAsync(o => o.UserId == reader.Rows.UserId);
        (order.Price, order.Quantity).ShouldBe((1.2345m, 41.7m));
    }

    [Fact]
    public async Task FiftyDollars_ByKeyboardAlone_BuyFiftyDollarsWorth()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await reader.OpenAsync("/positions");
        await page.Keyboard.PressAsync("n");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/orders/new"));
        await page.GetByLabel("Symbol", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("ethusdt");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Symbol", new() { Exact = true })).ToHaveValueAsync("ETH/USDT");
        await page.GetByLabel("Total").FocusAsync();
        await page.Keyboard.TypeAsync("50");
        await Expect(page.Locator(".place")).ToContainTextAsync("ETH");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".drawer .chip").First).ToContainTextAsync("Filled", new() { Timeout = 8000 });
        await using var db = await reader.Rows.DatabaseAsync();
        var order = await db.Orders.SingleAsync(o => o.UserId == reader.Rows.UserId);
        var worth = order.Quantity * order.AveragePrice!.Value;
        worth.ShouldBeInRange(48m, 51m);
    }

    [Fact]
    public async Task NumbersInTheTicket_AreReadOrAskedAboutAndNeverChanged()
    {
        await using var reader = await _app.SignInAsync(Look.PhoneLight);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new?symbol=BTC/USDT");
        var (size, total) = (page.GetByLabel("Quantity"), page.GetByLabel("Total"));
        foreach (
            var (text, says) in new[]
            {
                ("0,5", "write 0.5 or 5."),
                ("1.000,5", "write 1000.5 or 1.0005."),
                ("abc", "\"abc\" is no number"),
            }
        )
        {
            await size.FillAsync(text);
            await Expect(page.Locator("#ticket-size-note")).ToContainTextAsync(says);
            await Expect(size).ToHaveValueAsync(text);
            await Expect(total).ToHaveValueAsync("");
            await page.Locator(".place").ClickAsync();
            await Expect(size).ToHaveValueAsync(text);
        }

        await reader.ShotAsync("ticket-number-refused", whole: true);
        await total.FillAsync("1,000.5");
        await Expect(size).Not.ToHaveValueAsync("abc");
        await Expect(page.Locator("#ticket-size-note .field-error")).ToHaveCountAsync(0);
        await Expect(page.Locator(".place")).ToContainTextAsync("Buy 0.0");
    }

    [Fact]
    public async Task Refusal_StaysUntilTheFormIsEdited_AndAHaltIsOnTheButton()
    {
        await using var reader = await _app.SignInAsync(Look.WideLight);
        var page = reader.Page;
        await SetAsync(reader, r => r.MaxOrderValue = 20);
        await reader.OpenAsync("/orders/new?symbol=BTC/USDT");
        await page.GetByLabel("Total").FillAsync("100");
        await page.Locator(".place").ClickAsync();
        await Expect(page.Locator(".ticket [role=alert]")).ToContainTextAsync("20");

        var shown = await page.Locator(".quote").InnerTextAsync();
        await Expect(page.Locator(".quote")).Not.ToHaveTextAsync(shown);
        await Expect(page.Locator(".ticket [role=alert]")).ToContainTextAsync("20");
        await page.GetByLabel("Total").FillAsync("10");
        await Expect(page.Locator(".ticket [role=alert]")).ToHaveCountAsync(0);

        await _app
            .App.Get<RiskService>()
            .SetAsync(
                reader.Rows.UserId,
                RiskScope.User,
                reader.Rows.UserId,
                new RiskInput { State = TradingState.Halted },
                CancellationToken.None
            );
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Halted: nothing is bought" })).ToBeDisabledAsync();
        await reader.ShotAsync("ticket-halted", whole: true);
        await page.Locator(".side.sell").ClickAsync();
        await Expect(page.Locator(".place")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Reload_KeepsAHalfFilledTicket_AndAFarPriceIsAskedAbout()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new");
        await page.Locator(".side.sell").ClickAsync();
        await page.Locator(".side.buy").ClickAsync();
        await page.GetByLabel("Symbol", new() { Exact = true }).FillAsync("ETH/USDT");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Limit");
        await page.GetByLabel("Limit price").FillAsync("9,000.50");
        await page.GetByLabel("Total").FillAsync("100");
        await Expect(page.GetByLabel("Quantity")).ToHaveValueAsync("0.0111");

        await page.ReloadAsync();
        await page.Locator(".connection[data-interactive=yes]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(page.GetByLabel("Limit price")).ToHaveValueAsync("9,000.50");
        await Expect(page.GetByLabel("Symbol", new() { Exact = true })).ToHaveValueAsync("ETH/USDT");
        await Expect(page.GetByLabel("Total")).ToHaveValueAsync("100");
        await Expect(page.GetByLabel("Quantity")).ToHaveValueAsync("0.0111");

        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 0.0111 ETH" }).ClickAsync();
        await Expect(page.Locator(".ticket [role=alert]")).ToContainTextAsync("above the market");
        await Expect(page.Locator(".place")).ToHaveTextAsync("Buy 0.0111 ETH at 9,000.50, paper, about 99.91 USDT");
        await reader.ShotAsync("ticket-asked", whole: true);
        await reader.ShouldBeAccessibleAsync();
        await Until.True(async () =>
        {
            await page.EvaluateAsync("document.querySelector('.place')?.click()");
            return page.Url.Contains("/orders/0", StringComparison.Ordinal);
        });
        (await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(k => k.startsWith('kept:')).length")).ShouldBe(0);
    }

    [Fact]
    public async Task StopAboveTheMarket_IsRefusedBesideItsField_AndOneBelowComesWithTheOrder()
    {
        await using var reader = await _app.SignInAsync(Look.PhoneDark);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new?symbol=BTC/USDT");
        await page.GetByText("Take-profit, stop-loss, size by risk").ClickAsync();
        await page.GetByLabel("Total").FillAsync("100");
        await page.GetByLabel("Stop-loss", new() { Exact = true }).FillAsync("900,000");
        await Expect(page.Locator("#ticket-stop-loss-note")).ToContainTextAsync("The stop-loss at 900000 is not below the entry");
        await page.GetByRole(AriaRole.Button, new() { Name = "Percent from the entry" }).ClickAsync();
        await Expect(page.GetByLabel("Stop-loss", new() { Exact = true })).ToHaveValueAsync("");
        await page.GetByLabel("Stop-loss", new() { Exact = true }).FillAsync("2");
        await page.GetByLabel("Take-profit", new() { Exact = true }).FillAsync("4");
        await page.GetByLabel("Risk", new() { Exact = true }).FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the quantity" }).ClickAsync();
        await Expect(page.GetByLabel("Total")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^(49|50)\d\.\d\d$"));
        await reader.ShotAsync("ticket-protection", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();

        await page.Locator(".place").ClickAsync();
        await Expect(page.Locator(".drawer .chip").First).ToContainTextAsync("Filled", new() { Timeout = 8000 });
        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            var position = await db.Positions.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == reader.Rows.UserId);
            return ProtectionPlan.Read(position?.Protection) is { IsArmed: false, StopLoss.Percent: 2, State.Stop: > 0 } plan
                && plan.TakeProfits[0].Percent == 4;
        });
    }

    private static async Task TypeAsync(ILocator field, string text, bool replace = false)
    {
        await field.ClickAsync();
        if (replace)
        {
            await field.PressAsync("ControlOrMeta+a");
        }

        await field.PressSequentiallyAsync(text, new() { Delay = Pace });
    }

    private async Task SetAsync(Reader reader, Action<RiskSetting> change)
    {
        await using var db = await reader.Rows.DatabaseAsync();
        var setting = new RiskSetting
        {
            ScopeId = reader.Rows.UserId,
            UserId = reader.Rows.UserId,
            Scope = RiskScope.User,
            UpdatedAt = _app.App.Get<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        change(setting);
        db.Add(setting);
        await db.SaveChangesAsync();
    }
}
