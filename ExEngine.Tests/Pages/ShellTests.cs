using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class ShellTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Background = "getComputedStyle(document.body).backgroundColor";

    [Fact]
    public async Task ThemeOfTheSystem_IsTheDefault()
    {
        await using var dark = await app.SignInAsync(Look.WideDark);
        await using var light = await app.SignInAsync(Look.WideLight);
        await dark.OpenAsync("/");
        await light.OpenAsync("/");

        (await dark.Page.EvaluateAsync<string>(Background)).ShouldBe("rgb(15, 18, 22)");
        (await light.Page.EvaluateAsync<string>(Background)).ShouldBe("rgb(244, 246, 248)");
    }

    [Fact]
    public async Task ChosenTheme_IsSetAtOnceAndInTheNextFirstAnswer()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.OpenAsync("/");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();
        await reader.ShotAsync("user-menu");
        await reader.ShouldBeAccessibleAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();

        (await reader.Page.EvaluateAsync<string>(Background)).ShouldBe("rgb(244, 246, 248)");
        var answer = await reader.Page.APIRequest.GetAsync("/");
        var html = await answer.TextAsync();
        html.ShouldContain("""data-theme="light" """.TrimEnd());
        html.ShouldContain("""media="not all" data-theme-color="dark" """.TrimEnd());
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task BarOnAPhone_LeadsToThePagesAndFoldsTheRestBehindMore()
    {
        await using var reader = await app.SignInAsync(Look.PhoneDark);
        await reader.OpenAsync("/");
        var page = reader.Page;
        await Assertions.Expect(page.Locator("#shell-nav")).Not.ToBeVisibleAsync();
        var controls = page.Locator(".bottom-bar").Locator("a, button");
        await Assertions.Expect(controls).ToHaveTextAsync(["Dashboard", "Positions", "Orders", "Signals", "More"]);
        foreach (var control in await controls.AllAsync())
        {
            var box = (await control.BoundingBoxAsync())!;
            box.Height.ShouldBeGreaterThanOrEqualTo(48);
            box.Width.ShouldBeGreaterThanOrEqualTo(48);
        }

        await page.Locator(".bottom-bar").GetByText("Signals").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Signals");

        var link = page.Locator("#more-menu").GetByText("Webhooks");
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await reader.ShotAsync("more-menu");
        await reader.ShouldBeAccessibleAsync();
        await link.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/webhooks$"));
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Webhooks");
    }

    [Fact]
    public async Task EveryPlaceInTheNavigation_LeadsSomewhere()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.OpenAsync("/");
        var addresses = await reader.Page.Locator("#shell-nav a, .menu a").EvaluateAllAsync<string[]>("links => links.map(a => a.href)");

        addresses.Length.ShouldBeGreaterThan(3);
        foreach (var address in addresses)
        {
            (await reader.Page.APIRequest.GetAsync(address)).Status.ShouldBe(200, address);
        }
    }

    [Fact]
    public async Task SkipLink_IsTheFirstStopAndLeadsToTheContent()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.OpenAsync("/signals");

        var first = reader.Page.Locator("button, a[href], input, select, [tabindex='0']").First;
        await Assertions.Expect(first).ToHaveTextAsync("Skip to content");
        await first.FocusAsync();
        await Assertions.Expect(first).ToBeInViewportAsync();
        await reader.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(reader.Page.Locator("main")).ToBeFocusedAsync();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task UnknownAddress_GetsThePageThatSaysSo(Look look)
    {
        await using var reader = await app.SignInAsync(look);

        var answer = await reader.Page.GotoAsync("/no/such/page");

        answer!.Status.ShouldBe(404);
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Nothing here");
        await reader.ShotAsync("not-found");
        await reader.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task TabletWidth_ShowsIconsThatKeepTheirNames()
    {
        await using var reader = await app.SignInAsync(new Look("1000-dark", 1000, 800, true));
        await SampleSignals.AddAsync(reader.Rows);
        await reader.OpenAsync("/signals");

        (await reader.Page.Locator(".shell-nav").BoundingBoxAsync())!.Width.ShouldBe(68);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Dashboard" }).WaitForAsync();
        await reader.ShotAsync("signals");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task WideScreen_KeepsTheContentReadable()
    {
        await using var reader = await app.SignInAsync(new Look("1920-light", 1920, 1080, false));
        await SampleSignals.AddAsync(reader.Rows);
        await reader.OpenAsync("/");

        (await reader.Page.Locator("main").BoundingBoxAsync())!.Width.ShouldBeLessThanOrEqualTo(1648);
        await reader.ShotAsync("dashboard");
    }
}
