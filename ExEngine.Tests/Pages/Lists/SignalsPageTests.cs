using ExEngine.Core.Events;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

[NeedsServer]
public sealed class SignalsPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task FilledTable_FitsIsAccessibleAndIsKept(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SampleSignals.AddAsync(reader.Rows);

        await reader.OpenAsync("/signals");
        await reader.Page.Locator("tbody tr.mud-table-row").First.WaitForAsync();

        await reader.ShotAsync("signals");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Drawer_SaysTheOutcomeFirst(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var refused = await SampleSignals.AddAsync(reader.Rows);

        await reader.OpenAsync($"/signals/{refused}");

        var drawer = reader.Page.Locator(".drawer");
        await Assertions.Expect(drawer.Locator(".verdict-words").First).ToContainTextAsync("is off the tick 0.01");
        await Assertions.Expect(drawer).ToContainTextAsync("A test alert: checked and stored like any other, never traded.");
        await reader.ShotAsync("signal");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task NothingYet_SaysWhatToDoNext(Look look)
    {
        await using var reader = await app.SignInAsync(look);

        await reader.OpenAsync("/signals");

        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToContainTextAsync("No alert has come in yet");
        await reader.ShotAsync("signals-empty");
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task NewSignal_AppearsOnTopWithoutReload()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(3);
        await reader.OpenAsync("/signals");
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(3);

        await AnnounceAsync(reader, s => s.Symbol = "SOL/USDT");

        await Assertions.Expect(Lines(reader).First).ToContainTextAsync("SOL/USDT", new() { Timeout = 1000 });
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task ReaderFurtherDown_SeesAPillAndNothingMoves()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(300);
        await reader.OpenAsync("/signals");
        await ScrollToAsync(reader, 3000);
        var place = await reader.Page.EvaluateAsync<string>("document.elementFromPoint(700, 500).closest('tr').querySelector('a').id");
        var before = await TopOfAsync(place);

        await AnnounceAsync(reader, s => s.Symbol = "SOL/USDT", s => s.Symbol = "SOL/USDT");

        var pill = reader.Page.GetByText("2 new");
        await Assertions.Expect(pill).ToBeVisibleAsync();
        (await TopOfAsync(place)).ShouldBe(before);
        await pill.ClickAsync();
        await Assertions.Expect(Lines(reader).First).ToContainTextAsync("SOL/USDT");
        await Assertions.Expect(pill).Not.ToBeVisibleAsync();

        Task<double> TopOfAsync(string id) =>
            reader.Page.EvaluateAsync<double>("id => document.getElementById(id).getBoundingClientRect().top", id);
    }

    [Fact]
    public async Task ScrollingDown_BringsOlderRowsToTheLast()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync([s => s.Symbol = "OLD/USDT", .. Enumerable.Repeat<Action<Signal>>(_ => { }, 640)]);
        await reader.OpenAsync("/signals");

        var last = reader.Page.GetByText("OLD/USDT");
        await Until.True(async () =>
        {
            await reader.Page.Locator(".table-scroll").EvaluateAsync("e => e.scrollTop = e.scrollHeight");
            return await last.IsVisibleAsync();
        });
    }

    [Fact]
    public async Task Filters_LiveInTheAddressAndNarrowTheList()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        await SampleSignals.AddAsync(reader.Rows);
        await reader.OpenAsync("/signals");

        await reader.Page.GetByLabel("Outcome").SelectOptionAsync("Refused");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?status=refused$"));
        await Assertions.Expect(Lines(reader)).ToHaveCountAsync(await CountAsync(reader, SignalStatus.Refused));
        await reader.Page.GetByLabel("Symbol").FillAsync("nothing");
        await reader.Page.GetByLabel("Symbol").PressAsync("Enter");
        await Assertions.Expect(reader.Page.Locator(".empty-state")).ToContainTextAsync("No signal fits");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/signals$"));
    }

    [Fact]
    public async Task RowClick_OpensTheDrawerAsAnAddressAndEscapeClosesIt()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.Rows.AddAsync(200);
        await reader.OpenAsync("/signals?status=accepted");
        await ScrollToAsync(reader, 2000);

        await reader.Page.Mouse.ClickAsync(700, 500);

        await Assertions.Expect(reader.Page.Locator(".drawer h2")).ToBeFocusedAsync();
        reader.Page.Url.ShouldMatch(@"/signals/[0-9a-f-]{36}\?status=accepted$");
        await reader.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(reader.Page.Locator(".drawer")).ToHaveCountAsync(0);
        (await reader.Page.Locator(".table-scroll").EvaluateAsync<int>("e => e.scrollTop")).ShouldBeInRange(1900, 2100);
    }

    private static ILocator Lines(Reader reader) => reader.Page.Locator("tbody tr.mud-table-row");

    /// <summary>Scrolls, and waits until the rows there are drawn and stand still.</summary>
    private static async Task ScrollToAsync(Reader reader, int top)
    {
        // The first paint has forty rows; so far down there is nothing before the circuit has read the others.
        await Until.True(() =>
            reader
                .Page.Locator(".table-scroll")
                .EvaluateAsync<bool>("(e, top) => { e.scrollTop = top; return Math.abs(e.scrollTop - top) < 2; }", top)
        );
        string? before = null;
        await Until.True(async () =>
        {
            var now = await reader.Page.EvaluateAsync<string?>(
                """
                () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
                  const link = document.elementFromPoint(700, 500)?.closest("tr.mud-table-row")?.querySelector('a');
                  done(link ? link.id + link.getBoundingClientRect().top : null);
                })))
                """
            );
            var still = now is not null && now == before;
            before = now;
            return still;
        });
    }

    private async Task AnnounceAsync(Reader reader, params Action<Signal>[] signals)
    {
        var ids = await reader.Rows.AddAsync(signals);
        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, ids.Count == 1 ? ids[0] : Guid.Empty));
    }

    private async Task<int> CountAsync(Reader reader, SignalStatus status) =>
        (await app.App.Get<SignalQuery>().ListAsync(reader.Rows.UserId, new() { Status = status }, null, 500, default)).Count;
}
