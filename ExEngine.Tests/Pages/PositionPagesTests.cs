using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class PositionPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task ListAndDetail_FitAreAccessibleAndLive(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var id = await SamplePositions.AddAsync(app.App, reader.Rows);

        await reader.OpenAsync("/positions");
        await Assertions.Expect(reader.Page.Locator(".positions tbody tr")).ToHaveCountAsync(3);
        await KeepAsync(reader, "positions");
        await reader.OpenAsync("/positions?show=closed");
        await Assertions.Expect(reader.Page.Locator(".positions tbody tr")).ToContainTextAsync("Dust");
        await KeepAsync(reader, "positions-closed");
        await reader.OpenAsync($"/positions/{id}");
        await Assertions.Expect(reader.Page.Locator(".price-chart table tbody tr")).ToHaveCountAsync(24);
        await Assertions.Expect(reader.Page.Locator(".price-chart canvas").First).ToBeVisibleAsync();
        await KeepAsync(reader, "position", whole: true);

        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Prices_MoveAtMostFourTimesASecondAndOnlyTheRowsThatChange()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/positions");
        var row = reader.Page.Locator(".positions tbody tr").Last; // BTC, whose price moves most
        var before = await row.InnerTextAsync();

        await Until.True(async () => await row.InnerTextAsync() != before);

        var changes = await reader.Page.EvaluateAsync<int>(
            """
            () => new Promise(done => {
              let count = 0;
              const cell = document.querySelector('.positions tbody tr:last-child .last');
              new MutationObserver(() => count++).observe(cell, { childList: true, subtree: true, characterData: true });
              setTimeout(() => done(count), 3000);
            })
            """
        );
        changes.ShouldBeInRange(1, 13);
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Balance_SaysWhatTheExchangeHoldsAgainstTheFills(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var id = await SamplePositions.AddAsync(app.App, reader.Rows);
        foreach (
            var (held, says, tone) in new[]
            {
                ("0.03995", "none", ""),
                ("0.5", "+0.46005 BTC: no position holds it; left alone. Assign", ""),
                ("0.03", "−0.00995 BTC: less than the positions say; sold or moved elsewhere. Write off", "tone-attention"),
            }
        )
        {
            await HoldAsync(reader, "BTC", held);
            await reader.OpenAsync($"/positions/{id}");
            var facts = Balance(reader).Locator("dd");
            await Assertions.Expect(facts).ToHaveCountAsync(3);
            await Assertions.Expect(facts.Nth(0)).ToHaveTextAsync($"{held} BTC");
            await Assertions.Expect(facts.Nth(1)).ToHaveTextAsync("0.03995 BTC");
            await Assertions.Expect(facts.Nth(2)).ToHaveTextAsync(says);
            (await facts.Nth(2).GetAttributeAsync("class") ?? "").ShouldBe(tone);
        }

        await Balance(reader).ScrollIntoViewIfNeededAsync();
        await KeepAsync(reader, "position-drift");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Dust_IsToldWhereItLiesAndWhatBecomesOfIt(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var open = await SamplePositions.AddAsync(app.App, reader.Rows);
        Guid closed;
        await using (var db = await reader.Rows.DatabaseAsync())
        {
            closed = await db
                .Positions.Where(p => p.UserId == reader.Rows.UserId && p.Symbol == "SOL/USDT")
                .Select(p => p.Id)
                .SingleAsync();
            await db.Positions.Where(p => p.Id == open).ExecuteUpdateAsync(s => s.SetProperty(p => p.Quantity, 0.039957m));
        }

        await HoldAsync(reader, "BTC", "0.039957");
        await reader.OpenAsync($"/positions/{open}");
        await Assertions.Expect(Balance(reader).Locator("dd").Nth(2)).ToHaveTextAsync("none");
        await Assertions
            .Expect(Balance(reader).Locator("dd").Nth(3))
            .ToHaveTextAsync("0.000007 BTC, below the step; it goes with the next sell");

        await HoldAsync(reader, "SOL", "0.0004");
        await reader.OpenAsync($"/positions/{closed}");
        await Assertions
            .Expect(Balance(reader).Locator("dd"))
            .ToHaveTextAsync(["0.0004 SOL", "0.0004 SOL", "none", "0.0004 SOL, below the step; it goes with the next sell"]);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Close", Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator(".price-chart table tbody tr")).ToHaveCountAsync(24);
        await KeepAsync(reader, "position-dust", whole: true);
        reader.Complaints.ShouldBeEmpty();
    }

    private static ILocator Balance(Reader reader) =>
        reader
            .Page.Locator("section.card")
            .Filter(new() { Has = reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Balance", Exact = true }) });

    /// <summary>What the reader's paper exchange says is there.</summary>
    private static async Task HoldAsync(Reader reader, string asset, string amount)
    {
        var balances = $$"""{"USDT":"10000","{{asset}}":"{{amount}}"}""";
        await using var db = await reader.Rows.DatabaseAsync();
        await db
            .ExchangeAccounts.Where(a => a.Id == reader.Rows.AccountId)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.PaperBalances, balances));
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
