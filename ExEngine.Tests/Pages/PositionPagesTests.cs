using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

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
        var row = reader.Page.Locator(".positions tbody tr").First;
        var before = await row.InnerTextAsync();

        await Until.True(async () => await row.InnerTextAsync() != before);

        var changes = await reader.Page.EvaluateAsync<int>("""
            () => new Promise(done => {
              let count = 0;
              const cell = document.querySelector('.positions tbody tr .last');
              new MutationObserver(() => count++).observe(cell, { childList: true, subtree: true, characterData: true });
              setTimeout(() => done(count), 3000);
            })
            """);
        changes.ShouldBeInRange(1, 13);
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
