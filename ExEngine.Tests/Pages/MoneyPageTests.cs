using System.Globalization;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class MoneyPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task MonthOfTrades_FitsIsAccessibleAndAddsUp(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SampleMoney.AddAsync(app.App, reader.Rows);

        await reader.OpenAsync("/money");
        await Assertions.Expect(reader.Page.Locator(".equity-chart canvas").First).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".figure").First).ToContainTextAsync("Equity");
        await KeepAsync(reader, "money");

        // Every way of summing up has the same total, which is what its rows say.
        string? total = null;
        foreach (var way in new[] { "Week", "Month", "Symbol", "Webhook", "Account", "Day" })
        {
            await reader.Page.GetByRole(AriaRole.Link, new() { Name = way, Exact = true }).ClickAsync();
            await Assertions.Expect(reader.Page.Locator(".profits thead .name")).ToHaveTextAsync(way);
            total ??= await reader.Page.Locator(".profits tfoot td.profit").InnerTextAsync();
            (await reader.Page.Locator(".profits tfoot td.profit").InnerTextAsync()).ShouldBe(total, way);
            var rows = await reader.Page.Locator(".profits tbody td.profit").AllInnerTextsAsync();
            rows.Sum(Number).ShouldBe(Number(total), way);
            if (way == "Symbol")
            {
                await KeepAsync(reader, "money-symbol");
            }
        }

        reader.Complaints.ShouldBeEmpty();
    }

    /// <summary>Of years of days only those in sight are made, and the others come when they are scrolled to.</summary>
    [Fact]
    public async Task ManyDays_AreMadeAsTheyComeIntoSight()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await SampleMoney.AddDaysAsync(app.App, reader.Rows, 400);
        await reader.OpenAsync("/money?range=all&by=day");
        var names = reader.Page.Locator(".profits tbody th.name");
        await Assertions.Expect(names.First).ToBeVisibleAsync();
        (await names.CountAsync()).ShouldBeLessThan(150);
        var oldest = app.App.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(-399).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Assertions.Expect(reader.Page.GetByText(oldest)).ToHaveCountAsync(0);

        await Until.True(async () =>
        {
            await reader.Page.EvaluateAsync(
                "const box = document.querySelector('.profits').parentElement; box.scrollTop = box.scrollHeight"
            );
            return await names.Filter(new() { HasText = oldest }).CountAsync() == 1;
        });
        (await names.CountAsync()).ShouldBeLessThan(150);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_SortByAPressOnTheirHead_ByKeyboardToo()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await SampleMoney.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/money?by=symbol&range=all");
        var profits = reader.Page.Locator(".profits tbody td.profit");
        var head = reader.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Profit, USDT" });
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        (await profits.AllInnerTextsAsync()).Select(Number).ShouldBeInOrder(SortDirection.Descending);

        await head.GetByRole(AriaRole.Button).FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        (await profits.AllInnerTextsAsync()).Select(Number).ShouldBeInOrder(SortDirection.Ascending);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "7 days" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("range=7d"));
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task BeforeAnythingWasTraded_ItSaysWhatToDoNext(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await reader.OpenAsync("/");
        if (look.Width < 768)
        {
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        }

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Money", Exact = true }).Locator("visible=true").ClickAsync();

        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Money");
        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToContainTextAsync("Place an order");
        await KeepAsync(reader, "money-empty");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Dashboard_HasTheLine(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SampleMoney.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/");

        await Assertions.Expect(reader.Page.Locator(".spark polyline").First).ToBeVisibleAsync();
        await KeepAsync(reader, "dashboard-equity");
    }

    private static decimal Number(string profit) =>
        decimal.Parse(profit.Replace('−', '-').Replace("+", "").Trim(), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name, whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
