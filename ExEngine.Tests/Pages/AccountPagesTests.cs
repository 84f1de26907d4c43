using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class AccountPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static int _names;

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task SignUp_EndsOnTheDashboard(Look look)
    {
        await using var reader = await app.VisitAsync(look);
        await reader.Page.GotoAsync("/");
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await KeepAsync(reader, "sign-in");
        await reader.Page.GotoAsync("/account/register");
        await KeepAsync(reader, "register");

        await reader.RegisterAsync($"new{Interlocked.Increment(ref _names)}@example.org");

        await Assertions.Expect(reader.Page.Locator(".start .next")).ToContainTextAsync("Add an account");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Example_FillsAnEmptyDashboardByOneButtonAndLeavesItByAnother()
    {
        await using var reader = await app.VisitAsync(Look.PhoneLight);
        await reader.RegisterAsync($"new{Interlocked.Increment(ref _names)}@example.org");
        await reader.OpenAsync("/");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Fill with an example" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByText("This is an example.")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".latest li")).ToHaveCountAsync(9);
        await KeepAsync(reader, "dashboard-example");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the example" }).ClickAsync();

        await Assertions.Expect(reader.Page.Locator(".start .next")).ToContainTextAsync("Add an account");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task SettingsPages_FitAndAreAccessible(Look look)
    {
        await using var reader = await app.VisitAsync(look);
        await reader.RegisterAsync($"new{Interlocked.Increment(ref _names)}@example.org");
        foreach (var page in new[] { "profile", "security", "security/authenticator", "profile/password", "profile/delete" })
        {
            await reader.Page.GotoAsync("/account/" + page);
            await KeepAsync(reader, "account-" + page.Replace('/', '-'));
        }

        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignOut_WorksFromTheMenuOfALivePage()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.OpenAsync("/signals");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await reader.Page.GotoAsync("/signals");
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
