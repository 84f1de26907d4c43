using System.Diagnostics;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>From nothing to a live signal, the way a new user goes, with the alert sent by a process of its own.</summary>
[NeedsServer]
public sealed class JourneyTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static int _names;

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task SignUpToFirstSignal_ShowsTheAlertWithinASecondWithoutReload(Look look)
    {
        await using var reader = await app.VisitAsync(look);
        await reader.RegisterAsync($"journey{Interlocked.Increment(ref _names)}@example.org");
        await AddPaperAccountAsync(reader);
        var (url, secret) = await CreateWebhookAsync(reader);
        await reader.OpenAsync("/signals");
        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToBeVisibleAsync();
        await reader.Page.EvaluateAsync("window.sameDocument = true");

        var answer = await ChildProcess.RunAsync(
            "curl",
            "-sS",
            "-X",
            "POST",
            url,
            "-H",
            "Content-Type: application/json",
            "-w",
            " %{http_code}",
            "-d",
            $$"""{"secret":"{{secret}}","symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"60000.10","trade_quantity":"0.001"}"""
        );
        var watch = Stopwatch.StartNew();

        answer.ShouldContain("202");
        await Assertions.Expect(reader.Page.Locator("tbody tr[role]").First).ToContainTextAsync("BTC/USDT");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (await reader.Page.EvaluateAsync<bool>("window.sameDocument === true")).ShouldBeTrue();
        await reader.Page.Locator("tbody tr[role] .row-link").First.ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".drawer .verdict-words").First).ToContainTextAsync("Every number that it states fits");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Replay as a dry run" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".run .verdict-words")).ToContainTextAsync("Today:");
        (await reader.Page.Locator(".drawer").InnerTextAsync()).ShouldNotContain(secret);
        await KeepAsync(reader, "journey-signal");
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task AddPaperAccountAsync(Reader reader)
    {
        await reader.OpenAsync("/api-keys");
        await KeepAsync(reader, "api-keys-empty");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Add API keys" }).ClickAsync();
        await reader.Page.GetByLabel("Name").FillAsync("My paper account");
        await KeepAsync(reader, "api-keys-form");
        await reader.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Add API keys" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".accounts")).ToContainTextAsync("My paper account");
        await KeepAsync(reader, "api-keys");
    }

    private static async Task<(string Url, string Secret)> CreateWebhookAsync(Reader reader)
    {
        await reader.OpenAsync("/webhooks");
        await KeepAsync(reader, "webhooks-empty");
        await reader.OpenAsync("/webhooks/new");
        await reader.Page.GetByLabel("Name").FillAsync("BTC breakout");
        await reader.Page.GetByLabel("Sender").SelectOptionAsync("Other");
        await reader.Page.GetByLabel("Authentication").SelectOptionAsync("Secret");
        await KeepAsync(reader, "webhook-form");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("BTC breakout");
        var (url, secret) = (await CodeAsync("URL"), await CodeAsync("Secret"));
        await KeepAsync(reader, "webhook", whole: true);
        await reader.OpenAsync("/webhooks");
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("BTC breakout");
        await KeepAsync(reader, "webhooks");
        return (url, secret);

        Task<string> CodeAsync(string label) => reader.Page.Locator($"pre[aria-label='{label}']").InnerTextAsync();
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
