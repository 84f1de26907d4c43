using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class DashboardPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task BusyDay_FitsIsAccessibleAndIsKept(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SampleSignals.AddAsync(reader.Rows);
        await SamplePositions.AddAsync(app.App, reader.Rows);

        await reader.OpenAsync("/");
        await Assertions.Expect(reader.Page.Locator(".figure").First).ToContainTextAsync("10,000.00");
        await Assertions.Expect(reader.Page.Locator(".positions li")).ToHaveCountAsync(3);

        await Assertions.Expect(reader.Page.Locator(".latest li")).ToHaveCountAsync(10);
        await Assertions.Expect(reader.Page.Locator(".start")).ToHaveCountAsync(0);
        await reader.ShotAsync("dashboard", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task NewUser_IsLedToTheFirstSignal(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db.Webhooks.Where(w => w.UserId == reader.Rows.UserId).ExecuteDeleteAsync();
        }

        await reader.OpenAsync("/");

        await Assertions.Expect(reader.Page.Locator(".start .done")).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page.Locator(".start .next")).ToContainTextAsync("Create a webhook");
        await reader.ShotAsync("dashboard-new", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }

    /// <summary>The figure and its line count in one currency, that of the limits.</summary>
    [Fact]
    public async Task Equity_IsToldInTheReportingCurrency()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await app
            .App.Get<RiskService>()
            .SetAsync(reader.Rows.UserId, RiskScope.User, reader.Rows.UserId, new RiskInput { Currency = "BTC" }, CancellationToken.None);
        await reader.OpenAsync("/");

        // 10,000 USDT of paper, at the simulated price of bitcoin.
        var equity = reader.Page.Locator(".figure .value").First;
        await Assertions.Expect(equity).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^0\.\d+\sBTC$"));
        var btc = app.App.Get<PriceFeed>().Last(ExchangeInfo.Paper, "BTC/USDT")!.Last;
        var shown = decimal.Parse((await equity.InnerTextAsync())[..^4], System.Globalization.CultureInfo.InvariantCulture);
        (shown * btc).ShouldBe(10_000m, 200m);
    }

    [Fact]
    public async Task NewSignal_IsCountedAndListedWithoutReload()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(2);
        await reader.OpenAsync("/");
        await Assertions.Expect(reader.Page.Locator(".figure").Last).ToContainTextAsync("2");

        var ids = await reader.Rows.AddAsync(s => (s.Symbol, s.Status, s.Code) = ("SOL/USDT", SignalStatus.Refused, "cost_too_low"));
        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, ids[0]));

        await Assertions.Expect(reader.Page.Locator(".latest li").First).ToContainTextAsync("SOL/USDT", new() { Timeout = 2000 });
        await Assertions.Expect(reader.Page.Locator(".figure").Last).ToContainTextAsync("3");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Main).GetByText("Cost too low")).ToBeVisibleAsync();
    }
}
