using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>Whoever closes a dialog or a drawer goes on where they were.</summary>
[NeedsServer]
public sealed class FocusTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClosedDialog_GivesTheFocusBackToWhatOpenedIt(bool keyboard)
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await reader.OpenAsync("/accounts");
        var dialog = page.Locator(".mud-dialog");
        foreach (var name in new[] { "Add account", "Edit Paper", "Delete Paper" })
        {
            var opener = Button(page, name);
            foreach (var way in new[] { "Escape", "Cancel", "cross" })
            {
                await PressAsync(opener, keyboard);
                await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeVisibleAsync();
                if (way == "Escape")
                {
                    await EscapeAsync(page);
                }
                else
                {
                    await PressAsync(way == "Cancel" ? Button(dialog, "Cancel") : dialog.Locator(".mud-button-close"), keyboard);
                }

                await Expect(dialog).ToHaveCountAsync(0);
                await Expect(opener).ToBeFocusedAsync();
            }
        }

        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task ControlThatIsGone_LeavesTheFocusToTheHeadingItBelongedTo()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        var dialog = page.Locator(".mud-dialog");
        var ids = await new OrderRows(app.App, reader.Rows).AddAsync(o =>
            (o.Status, o.ExchangeOrderId) = (OrderStatus.NeedsOperator, null)
        );
        await reader.OpenAsync($"/orders/{ids[0]}");
        await PressAsync(Button(page, "It was never placed"), keyboard: true);
        await PressAsync(Button(dialog, "It was never placed"), keyboard: true);
        await Expect(page.Locator(".verdict-words")).ToContainTextAsync("it was never placed");
        await Expect(page.Locator(".drawer h2")).ToBeFocusedAsync();

        await reader.OpenAsync("/accounts");
        await PressAsync(Button(page, "Add account"), keyboard: true);
        await dialog.GetByLabel("Name").FillAsync("Second");
        await PressAsync(Button(dialog, "Add account"), keyboard: true);
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Button(page, "Add account")).ToBeFocusedAsync();
        await PressAsync(Button(page, "Delete Second"), keyboard: true);
        await PressAsync(Button(dialog, "Delete account"), keyboard: true);
        await Expect(Button(page, "Delete Second")).ToHaveCountAsync(0);
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DialogOfAMenu_GivesTheFocusBackToTheMenusButton(bool keyboard)
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/signals");
        await PressAsync(Button(page, "Trading: Active"), keyboard);
        await PressAsync(page.Locator(".risk-menu .state").Filter(new() { HasText = "Halted" }), keyboard);
        await PressAsync(Button(page, "Close all positions (3)"), keyboard);
        await Expect(page.Locator(".mud-dialog")).ToBeVisibleAsync();

        await EscapeAsync(page);

        await Expect(Button(page, "Trading: Halted")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClosedDrawer_GivesTheFocusBackToItsRow(bool keyboard)
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await reader.Rows.AddAsync(3);
        await reader.OpenAsync("/signals");
        var row = page.Locator(".row-link").Nth(1);

        await PressAsync(row, keyboard);
        await Expect(page.Locator(".drawer h2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();

        await reader.OpenAsync(await row.GetAttributeAsync("href") ?? "");
        await Expect(page.Locator(".drawer h2")).ToBeFocusedAsync();
        await PressAsync(Button(page.Locator(".drawer"), "Close"), keyboard);
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task FieldThatTheReaderTypesIn_KeepsTheFocusWhenTheDialogHasLongOpened()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var page = reader.Page;
        await reader.OpenAsync("/accounts");
        await PressAsync(Button(page, "Add account"), keyboard: true);
        var exchange = page.Locator(".mud-dialog").GetByLabel("Exchange", new() { Exact = true });
        await exchange.FocusAsync();

        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Locator(".mud-dialog").GetByLabel("Name")).ToBeFocusedAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator place, string name) => place.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Until the dialog is gone: a press before the dialog listens does nothing.</summary>
    private static Task EscapeAsync(IPage page) =>
        Until.True(async () =>
        {
            await page.Keyboard.PressAsync("Escape");
            return await page.Locator(".mud-dialog").CountAsync() == 0;
        });

    private static Task PressAsync(ILocator control, bool keyboard) => keyboard ? control.PressAsync("Enter") : control.ClickAsync();
}
