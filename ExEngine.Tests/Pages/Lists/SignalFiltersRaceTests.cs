using System.Security.Claims;
using Bunit;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Pages.Signals;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages.Lists;

/// <summary>Filters that change faster than the database answers.</summary>
[NeedsServer]
public sealed class SignalFiltersRaceTests(DoorsApp app) : BunitContext
{
    [Fact]
    public async Task SecondFilterWhileTheFirstLoads_ShowsTheSecondOnly()
    {
        var rows = await SignalRows.NewAsync(app);
        await rows.AddAsync(s => s.Symbol = "AAA/USDT", s => s.Symbol = "BBB/USDT");
        var databases = new BreakableDatabases(app.Get<IDbContextFactory<AppDb>>());
        var navigation = Prepare(rows, databases);
        var page = Render<SignalsPage>();
        page.WaitForAssertion(() => Lists(page).ShouldBe(["AAA/USDT", "BBB/USDT"], ignoreOrder: true));

        var slow = new TaskCompletionSource();
        databases.HoldNext(slow.Task);
        await page.InvokeAsync(() => navigation.NavigateTo("/signals?symbol=AAA/USDT"));
        await Until.True(() => databases.Held == 1);
        await page.InvokeAsync(() => navigation.NavigateTo("/signals?symbol=BBB/USDT"));
        page.WaitForAssertion(() => Lists(page).ShouldBe(["BBB/USDT"]));
        var renders = page.RenderCount;
        slow.SetResult();

        page.WaitForState(() => page.RenderCount > renders);
        Lists(page).ShouldBe(["BBB/USDT"]);
    }

    private static IEnumerable<string?> Lists(IRenderedComponent<SignalsPage> page) =>
        page.FindComponents<SignalTable>().SelectMany(t => t.Instance.List.Rows).Select(r => r.Symbol);

    private NavigationManager Prepare(SignalRows rows, BreakableDatabases databases)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddAuthorization().SetAuthorized("reader").SetClaims(new Claim(ClaimTypes.NameIdentifier, rows.UserId.ToString()));
        Services.AddSingleton<IDbContextFactory<AppDb>>(databases);
        Services.AddSingleton(new SignalQuery(databases, new OrderQuery(databases)));
        Services.AddSingleton(app.Get<ChangeFeed>());
        Services.AddSingleton(app.Get<TimeProvider>());
        Services.AddMudServices();
        SetRendererInfo(new RendererInfo("Server", true));
        return Services.GetRequiredService<NavigationManager>();
    }
}
