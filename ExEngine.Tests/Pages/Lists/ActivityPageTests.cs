using System.Text.RegularExpressions;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

[NeedsServer]
public sealed class ActivityPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task List_FitsIsAccessibleAndNarrows(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await SampleSignals.AddAsync(reader.Rows);
        await SampleOrders.AddAsync(new OrderRows(app.App, reader.Rows));

        await reader.OpenAsync("/activity");

        var lines = reader.Page.Locator(".activity .line");
        await Assertions.Expect(lines.First).ToBeVisibleAsync();
        await reader.ShotAsync("activity", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Refusals", Exact = true }).ClickAsync();
        await Assertions.Expect(lines.Filter(new() { HasText = "Bought" })).ToHaveCountAsync(0);
        await Assertions.Expect(lines.Filter(new() { HasText = "Account has insufficient balance" })).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("show=refusal$"));
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatHappens_IsSaidOnAnyPage_CountedInTheTitle_AndNeverTakenForMarkup()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await reader.OpenAsync("/webhooks");
        var toasts = reader.Page.Locator(".toast");

        await FillAsync();
        await Assertions.Expect(toasts.Filter(new() { HasText = "Bought 0.01" })).ToHaveCountAsync(1);

        // Chromium without a window never hides a page by itself.
        await reader.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.away })");
        await reader.Page.EvaluateAsync("() => { window.away = true; }");
        var ids = await reader.Rows.AddAsync(s =>
            (s.Status, s.Code, s.Reason) = (SignalStatus.Refused, "cost_too_low", "<b>bold</b> is text")
        );
        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Signal, ids[0]));
        await Assertions.Expect(toasts.Filter(new() { HasText = "<b>bold</b> is text" })).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page).ToHaveTitleAsync(new Regex(@"^\(1\) "));

        // Another page's title keeps the count; looking ends it.
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Activity", Exact = true }).First.ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveTitleAsync(new Regex(@"^\(1\) Activity"));
        await reader.Page.EvaluateAsync("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
        await Assertions.Expect(reader.Page).ToHaveTitleAsync(new Regex("^Activity"));
        reader.Complaints.ShouldBeEmpty();

        async Task FillAsync()
        {
            var orders = await new OrderRows(app.App, reader.Rows).AddAsync(o =>
                (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600m)
            );
            app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, orders[0]));
        }
    }

    [Fact]
    public async Task MessagesThatAreSwitchedOff_StayOff_AndManyAtOnceAreOne()
    {
        await using var reader = await app.SignInAsync(Look.PhoneLight);
        await reader.OpenAsync("/activity");
        var corner = reader.Page.GetByLabel("Messages in the corner");
        await Assertions.Expect(corner).ToBeCheckedAsync();
        await reader.OpenAsync("/webhooks");

        var orders = await new OrderRows(app.App, reader.Rows).AddAsync(
            Enumerable.Repeat<Action<Order>>(o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600m), 5)
        );
        app.App.Get<ChangeFeed>().Publish(new ChangeEvent(reader.Rows.UserId, ChangeKind.Order, orders[0]));
        await Assertions.Expect(reader.Page.Locator(".toast")).ToHaveTextAsync(new Regex("5 things happened"));
        await reader.ShotAsync("toast");

        await reader.OpenAsync("/activity");
        await corner.UncheckAsync();
        await reader.OpenAsync("/activity");
        await Assertions.Expect(corner).Not.ToBeCheckedAsync();
        (await reader.Page.EvaluateAsync<bool>("() => exTell.news(1, 'a', 'b', 'activity')")).ShouldBeFalse();
    }
}
