using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class ConnectionTests(Browser browser)
{
    [Fact]
    public async Task ServerGoneAndBack_IsToldAndThePageComesBackByItself()
    {
        Need.Chromium();
        await using var server = new AppProcess();
        await server.StartAsync();
        await using var reader = await Reader.StartAsync(await browser.OpenAsync(server.Address, Look.WideDark), null, Look.WideDark);
        await reader.RegisterAsync("trader@example.org");
        await reader.OpenAsync("/signals");
        await reader.Page.Locator(".empty-state").WaitForAsync();

        await server.KillAsync();

        var banner = reader.Page.Locator("#components-reconnect-modal");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        (await banner.InnerTextAsync()).ShouldMatch(@"Connection lost\. Showing what was known at \d\d:\d\d:\d\d\.");
        await Assertions.Expect(reader.Page.Locator(".connection-live")).Not.ToBeVisibleAsync();
        await reader.ShotAsync("connection-lost");

        await server.StartAsync();

        await Assertions.Expect(reader.Page.Locator(".connection-live")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Signals");
    }
}
