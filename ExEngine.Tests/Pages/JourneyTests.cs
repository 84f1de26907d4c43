using System.Diagnostics;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>From nothing to a live signal, the way a new user goes, with the alert sent by a process of its own.</summary>
[NeedsServer]
public sealed class JourneyTests : IClassFixture<BrowserApp>
{
    private static int _names;
    private readonly BrowserApp _app;

    public JourneyTests(BrowserApp app)
    {
        app.App["Execution:Enabled"] = "true";
        _app = app;
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task SignUpToFirstFill_ShowsTheAlertWithinASecondAndLeadsToTheStop(Look look)
    {
        await using var reader = await _app.VisitAsync(look);
        await reader.RegisterAsync($"journey{Interlocked.Increment(ref _names)}@example.org");
        await AddPaperAccountAsync(reader);
        var (url, secret, curl, message) = await CreateWebhookAsync(reader);
        await reader.OpenAsync("/signals");
        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToBeVisibleAsync();
        await reader.Page.EvaluateAsync("window.sameDocument = true");

        (await ChildProcess.RunAsync("bash", "-c", curl + " -w ' %{http_code}'")).ShouldContain("202");
        await Assertions.Expect(reader.Page.Locator("tbody tr.mud-table-row").First).ToContainTextAsync("BTC/USDT");

        // What TradingView makes of the message that is shown for an indicator.
        var sent = message
            .Replace("{{ticker}}", "ETHUSDT", StringComparison.Ordinal)
            .Replace("{{close}}", "3150.125", StringComparison.Ordinal)
            .Replace(
                "{{timenow}}",
                _app.App.Get<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                StringComparison.Ordinal
            );
        var answer = await ChildProcess.RunAsync("curl", "-sS", url, "-H", "Content-Type: application/json", "-d", sent);
        var watch = Stopwatch.StartNew();

        answer.ShouldContain("accepted");
        await Assertions.Expect(reader.Page.Locator("tbody tr.mud-table-row").First).ToContainTextAsync("ETH/USDT");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (await reader.Page.EvaluateAsync<bool>("window.sameDocument === true")).ShouldBeTrue();
        await reader.Page.Locator("tbody tr.mud-table-row .row-link").First.ClickAsync();
        await Assertions
            .Expect(reader.Page.Locator(".drawer .verdict-words").First)
            .ToContainTextAsync("Everything that it asked for has happened", new() { Timeout = 5000 });
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Replay as a dry run" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".run .verdict-words")).ToContainTextAsync("Today:");
        (await reader.Page.Locator(".drawer").InnerTextAsync()).ShouldNotContain(secret);
        await KeepAsync(reader, "journey-signal");

        await reader.OpenAsync("/orders?status=filled");
        await Assertions.Expect(reader.Page.Locator("tbody tr.mud-table-row")).ToHaveCountAsync(2, new() { Timeout = 5000 });
        await reader.OpenAsync("/");
        await Assertions.Expect(reader.Page.Locator(".start .done")).ToHaveCountAsync(4);
        await reader.Page.Locator(".start").GetByRole(AriaRole.Link, new() { Name = "Set a stop" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("ETH/USDT");
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task AddPaperAccountAsync(Reader reader)
    {
        await reader.OpenAsync("/accounts");
        await KeepAsync(reader, "accounts-empty");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await reader.Page.GetByLabel("Name").FillAsync("My paper account");
        await KeepAsync(reader, "accounts-form");
        await reader.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".accounts")).ToContainTextAsync("My paper account");
        await KeepAsync(reader, "accounts");
    }

    private static async Task<(string Url, string Secret, string Curl, string Message)> CreateWebhookAsync(Reader reader)
    {
        await reader.OpenAsync("/webhooks");
        await KeepAsync(reader, "webhooks-empty");
        await reader.OpenAsync("/webhooks/new");
        await reader.Page.GetByLabel("Name").FillAsync("BTC breakout");
        await KeepAsync(reader, "webhook-form");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("BTC breakout");
        await Assertions.Expect(reader.Page.GetByText("TradingView cannot send to")).ToBeVisibleAsync();
        var (url, secret) = (await CodeAsync("URL"), await CodeAsync("Secret"));
        var (curl, message) = (await CodeAsync("curl line"), await CodeAsync("Indicator message"));
        await KeepAsync(reader, "webhook", whole: true);
        await reader.OpenAsync("/webhooks");
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("BTC breakout");
        await KeepAsync(reader, "webhooks");
        return (url, secret, curl, message);

        Task<string> CodeAsync(string label) => reader.Page.Locator($"pre[aria-label='{label}']").InnerTextAsync();
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
