using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser))]

namespace ExEngine.Tests.Support;

/// <summary>One Chromium for all tests, started by the first that needs it.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-sync",
        "--disable-component-update",
    ];

    // In milliseconds: two cores that run all tests at once are slow at times, and who waits for a condition loses nothing by patience.
    private const float Patience = 20_000;

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>A context of its own: no cookie is shared.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri address, Look look)
    {
        var context = await (await _started.Value).Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
                ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
                TimezoneId = "Europe/Berlin",
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (playwright, browser) = await _started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var chromium = Need.Chromium();
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments }));
    }
}
