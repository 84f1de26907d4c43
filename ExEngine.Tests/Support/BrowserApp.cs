using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Support;

/// <summary>The real application for a class of browser tests, and readers of it who are signed in.</summary>
public sealed class BrowserApp(Browser browser) : IAsyncDisposable
{
    public AppFactory App { get; } = new() { ["RateLimits:Webhook:Permits"] = "10000" };

    /// <summary>A new user with an account and a webhook, signed in as the sign-in page would leave it.</summary>
    public async Task<Reader> SignInAsync(Look look, string? theme = null)
    {
        Need.Chromium();
        var rows = await SignalRows.NewAsync(App);
        var context = await browser.OpenAsync(App.Address, look);
        await context.AddCookiesAsync([await SessionAsync(rows.UserId), .. ThemeCookie(theme)]);
        return await Reader.StartAsync(context, rows, look);
    }

    /// <summary>Someone who has not signed in.</summary>
    public async Task<Reader> VisitAsync(Look look)
    {
        Need.Chromium();
        return await Reader.StartAsync(await browser.OpenAsync(App.Address, look), null, look);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task<Cookie> SessionAsync(Guid userId)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(userId.ToString());
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>().CreateUserPrincipalAsync(user!);
        var session = await App.Get<SessionStore>()
            .BeginAsync(userId, SessionKind.Cookie, "127.0.0.1", "Chrome on Linux", null, CancellationToken.None);
        principal.Identities.First().AddClaims(SessionClaims.Of(session));
        var options = scope
            .ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme);
        var ticket = new AuthenticationTicket(
            principal,
            new AuthenticationProperties { IssuedUtc = App.Get<TimeProvider>().GetUtcNow() },
            IdentityConstants.ApplicationScheme
        );
        return new Cookie
        {
            Name = options.Cookie.Name!,
            Value = options.TicketDataFormat.Protect(ticket),
            Url = App.Address.ToString(),
        };
    }

    private IEnumerable<Cookie> ThemeCookie(string? theme) =>
        theme is null
            ? []
            :
            [
                new Cookie
                {
                    Name = "theme",
                    Value = theme,
                    Url = App.Address.ToString(),
                },
            ];
}

/// <summary>A page open in a browser, with everything that went wrong in it.</summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private static readonly ConcurrentDictionary<string, bool> Failing = [];

    // A test takes its page down before the runner knows how it ended: so what only a failure throws is noted while it is thrown.
    static Reader() =>
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            var isOfTheTest = thrown.Exception is PlaywrightException or ShouldAssertException || IsPatienceAtItsEnd(thrown.Exception);
            if (isOfTheTest && TestId is { } test)
            {
                Failing[test] = true;
            }
        };

    private Reader(IBrowserContext context, IPage page, SignalRows? rows, Look look) =>
        (_context, Page, Rows, Look) = (context, page, rows!, look);

    // The application throws the same in the tests' process, as a matter of course, with the words of the framework.
    private static bool IsPatienceAtItsEnd(Exception thrown) => thrown is TimeoutException { Message: not "The operation has timed out." };

    private static string? TestId => TestContext.Current.Test?.UniqueID;

    public IPage Page { get; }
    public Look Look { get; }

    /// <summary>The reader's own rows.</summary>
    public SignalRows Rows { get; }

    /// <summary>Errors on the console, uncaught exceptions and refused requests (a 404, a broken content policy).</summary>
    public IEnumerable<string> Complaints => _complaints;

    internal static async Task<Reader> StartAsync(IBrowserContext context, SignalRows? rows, Look look)
    {
        var reader = new Reader(context, await context.NewPageAsync(), rows, look);
        reader.Page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                reader._complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        reader.Page.PageError += (_, error) => reader._complaints.Enqueue(error);
        return reader;
    }

    /// <summary>Opens an address and waits until its circuit answers.</summary>
    public async Task OpenAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.Locator(".connection[data-interactive=yes]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Signs up through the form, as a person does.</summary>
    public async Task RegisterAsync(string email)
    {
        await Page.GotoAsync("/account/register");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(ApiClient.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Dashboard");
    }

    /// <summary>
    /// Keeps what is seen in <c>artifacts/screenshots/</c>, with <c>EXENGINE_SHOTS=1</c> (<c>./test.sh --shots</c>): painting whole pages
    /// took as much of the processor as all else in a browser test.
    /// </summary>
    public async Task ShotAsync(string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("EXENGINE_SHOTS") == "1")
        {
            await PaintAsync(name, whole);
        }
    }

    /// <summary>Closes the page; that of a test that failed is kept in <c>artifacts/screenshots/failed/</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (TestId is { } test && Failing.ContainsKey(test))
        {
            try
            {
                var name = string.Concat(
                    TestContext.Current.TestMethod!.TestClass.TestClassSimpleName,
                    ".",
                    TestContext.Current.TestMethod.MethodName
                );
                await PaintAsync($"failed/{name}", whole: false);
            }
            catch (PlaywrightException)
            {
                // The page is gone; what the test said of it is all there is.
            }
        }

        await _context.DisposeAsync();
    }

    private async Task PaintAsync(string name, bool whole)
    {
        await Page.EvaluateAsync("document.fonts.ready");
        await Page.ScreenshotAsync(
            new()
            {
                Path = Source.Path($"artifacts/screenshots/{name}-{Look.Name}.png"),
                FullPage = whole,
                Animations = ScreenshotAnimations.Disabled,
            }
        );
    }
}
