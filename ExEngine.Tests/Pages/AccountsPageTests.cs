using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class AccountsPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task EveryMistake_IsToldBesideItsField()
    {
        Need.Node();
        await using var reader = await app.SignInAsync(Look.WideDark);
        var dialog = await OpenFormAsync(reader);
        var (name, key, secret) = (dialog.GetByLabel("Name"), dialog.GetByLabel("API key"), dialog.GetByLabel("Secret"));

        await SayAsync(name, "", "Give the account a name.");
        await SayAsync(name, "ab", "A name has 3 to 64 characters.");
        await SayAsync(name, new string('x', 65), "A name has 3 to 64 characters.");
        await SayAsync(name, "paper", "You already have an account named paper.");
        var exchange = dialog.GetByRole(AriaRole.Combobox, new() { Name = "Exchange", Exact = true });
        await exchange.FillAsync("no such");
        await exchange.BlurAsync();
        await ExpectAsync("Choose an exchange.");
        await exchange.FillAsync("ok");
        await dialog.GetByRole(AriaRole.Option, new() { Name = "OKX", Exact = false }).First.ClickAsync();
        await Assertions.Expect(exchange).ToHaveValueAsync("OKX");
        await dialog.GetByLabel("Mode").SelectOptionAsync("Live");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await ExpectAsync("needs the API key for a live account.");
        await ExpectAsync("needs the secret for a live account.");
        await ExpectAsync("needs the passphrase for a live account.");
        await SayAsync(key, "abc", "The API key has at least");
        await SayAsync(key, "abcdefgh ijklmnop", "The API key holds a space or a line break.");
        await SayAsync(secret, "abc", "The secret has at least");
        await SayAsync(secret, "abcdefgh ijklmnop", "The secret holds a space or a line break.");
        await reader.ShotAsync("accounts-mistakes");
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();

        async Task SayAsync(ILocator field, string text, string message)
        {
            await field.FillAsync(text);
            await field.BlurAsync();
            await ExpectAsync(message);
        }

        Task ExpectAsync(string message) =>
            Assertions.Expect(dialog.Locator(".field-error").Filter(new() { HasText = message })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Account_IsAddedEditedAndDeleted()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        var dialog = await OpenFormAsync(reader);
        await dialog.GetByLabel("Name").FillAsync("Second");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        var table = reader.Page.Locator(".accounts");
        await Assertions.Expect(table).ToContainTextAsync("Second");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Edit Second" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Renamed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Assertions.Expect(table).ToContainTextAsync("Renamed");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Paper" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Webhook BTC breakout");
        await reader.ShotAsync("accounts-in-use");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Renamed" }).ClickAsync();
        await reader.ShotAsync("accounts-delete");
        await reader.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete account" }).ClickAsync();
        await Assertions.Expect(table).Not.ToContainTextAsync("Renamed");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task AccountThatTrades_FitsWithLongNamesAndLongNumbers(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SamplePositions.AddAsync(app.App, reader.Rows);
        for (var i = 0; i < 8; i++)
        {
            await reader.Rows.AddWebhookAsync($"A rather long name of strategy {i} " + new string('W', 26));
        }

        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db
                .ExchangeAccounts.Where(a => a.Id == reader.Rows.AccountId)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(a => a.Name, "Paper " + new string('M', 50))
                        .SetProperty(a => a.PaperBalances, """{"USDT":"123456789.123456","SHIB":"123456789012345.5","BTC":"0.12345678"}""")
                );
        }

        await reader.OpenAsync("/accounts");
        await Assertions.Expect(reader.Page.Locator(".accounts")).ToContainTextAsync("and 6 more");
        await reader.ShotAsync("accounts-trading");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();

        await reader.OpenAsync("/balances");
        await Assertions.Expect(reader.Page.Locator(".balances")).ToContainTextAsync("123,456,789,012,345.5");
        await reader.ShotAsync("balances-long", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        const string Cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length";
        (await reader.Page.Locator(".card, .balances td").EvaluateAllAsync<int>(Cut)).ShouldBe(0, "something is cut or sticks out");

        await reader.OpenAsync("/accounts");
        await reader.Page.Locator(".accounts").GetByText("positions").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Positions");
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task<ILocator> OpenFormAsync(Reader reader)
    {
        await reader.OpenAsync("/accounts");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        var dialog = reader.Page.Locator(".mud-dialog");
        await dialog.GetByLabel("Name").WaitForAsync();
        return dialog;
    }
}
