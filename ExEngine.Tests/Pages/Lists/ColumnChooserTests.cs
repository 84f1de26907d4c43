using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages.Lists;

[NeedsServer]
public sealed class ColumnChooserTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    /// <summary>Says, from the first piece of the page on, whether the column was ever to be seen.</summary>
    private const string Watch = """
        window.seen = {};
        new MutationObserver(() => {
          for (const head of document.querySelectorAll('[data-columns] th'))
            if (head.offsetParent) for (const c of head.classList) window.seen[c] = true;
        }).observe(document, { childList: true, subtree: true });
        """;

    public static TheoryData<string, string, Look> Tables =>
        new()
        {
            { "/signals", "webhook", Look.WideDark },
            { "/orders", "price", Look.WideLight },
            { "/positions", "protection", Look.WideDark },
        };

    [Theory, MemberData(nameof(Tables))]
    public async Task HiddenColumn_StaysHiddenWithoutAFlashUntilItIsAskedFor(string address, string column, Look look)
    {
        await using var reader = await OpenAsync(address, look);
        var page = reader.Page;
        var (button, menu) = (page.GetByRole(AriaRole.Button, new() { Name = "Columns" }), page.Locator(".columns-menu"));
        var (head, cell, box) = (page.Locator($"th.{column}"), page.Locator($"td.{column}").First, page.Locator($"[data-column={column}]"));
        await Expect(head).ToBeVisibleAsync();

        await button.PressAsync("Enter");
        await Expect(menu).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(menu.Locator(":focus")).ToHaveCountAsync(1);
        await box.PressAsync("Space");
        await Expect(box).Not.ToBeCheckedAsync();
        await Expect(head).ToBeHiddenAsync();
        await Expect(cell).ToBeHiddenAsync();
        await KeepAsync(reader, $"columns-{address[1..]}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(menu).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();

        await page.AddInitScriptAsync(Watch);
        await reader.OpenAsync(address);
        await Expect(page.Locator("th.symbol")).ToBeVisibleAsync();
        await Expect(head).ToBeHiddenAsync();
        (await page.EvaluateAsync<bool>("window.seen.symbol ?? false")).ShouldBeTrue();
        (await page.EvaluateAsync<bool>("column => window.seen[column] ?? false", column)).ShouldBeFalse();
        await KeepAsync(reader, $"{address[1..]}-fewer-columns");

        await button.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(box).ToBeCheckedAsync();
        await Expect(head).ToBeVisibleAsync();
        await Expect(cell).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/signals", "Webhook Action Size Reason Latency")]
    [InlineData("/orders", "Side Type Quantity Price Filled Average Reason Account")]
    [InlineData("/positions", "Quantity Average Last Value Profit Fees Protection Owner Account")]
    public async Task EssentialColumns_CannotBeHidden(string address, string words)
    {
        await using var reader = await OpenAsync(address, new Look("1920-light", 1920, 1080, false));

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        var boxes = reader.Page.GetByRole(AriaRole.Group, new() { Name = "Columns" }).GetByRole(AriaRole.Checkbox);
        await Expect(reader.Page.Locator(".columns-menu label span")).ToHaveTextAsync(words.Split(' '));
        foreach (var box in await boxes.AllAsync())
        {
            await box.UncheckAsync();
        }

        (await boxes.CountAsync()).ShouldBe(words.Split(' ').Length);
        await Expect(reader.Page.Locator("[data-columns] th.symbol")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator("[data-columns] td.symbol").First).ToBeVisibleAsync();
        await Expect(reader.Page.Locator("[data-columns] .row-link").First).ToBeVisibleAsync();
        await KeepAsync(reader, $"{address[1..]}-fewest-columns");
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task ChoiceOfAWideScreen_ChangesNothingOnAPhone(Look look)
    {
        await using var reader = await OpenAsync("/signals", look);
        await reader.Page.EvaluateAsync("localStorage.setItem('columns:signals', 'webhook size')");
        await reader.OpenAsync("/signals");
        await Expect(reader.Page.Locator("td.symbol").First).ToBeVisibleAsync();

        var isPhone = look.Width < 768;
        await Expect(reader.Page.Locator("tr:not(.explained) td.webhook").First).ToBeVisibleAsync(new() { Visible = isPhone });
        await Expect(reader.Page.Locator(".columns")).ToBeVisibleAsync(new() { Visible = !isPhone });
        await KeepAsync(reader, "signals-chosen-columns");
    }

    [Fact]
    public async Task ColumnWithoutRoom_SaysSoInsteadOfPretending()
    {
        await using var reader = await OpenAsync("/orders", new Look("1100-dark", 1100, 800, true));

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();

        await Expect(reader.Page.Locator("[data-column=account]")).ToBeDisabledAsync();
        await Expect(reader.Page.Locator("[data-column=price]")).ToBeCheckedAsync();
        await Expect(reader.Page.Locator("label:has([data-column=account])"))
            .ToHaveTextAsync("Accountneeds a wider screen", new() { UseInnerText = false });
        await KeepAsync(reader, "columns-orders");
    }

    private async Task<Reader> OpenAsync(string address, Look look)
    {
        var reader = await app.SignInAsync(look);
        await SampleSignals.AddAsync(reader.Rows);
        await SampleOrders.AddAsync(new OrderRows(app.App, reader.Rows));
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync(address);
        await reader.Page.Locator("[data-columns] tbody td.symbol").First.WaitForAsync();
        return reader;
    }

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
