using Bunit;
using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Pages.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Risk;

[NeedsServer]
public sealed class RiskFormTests(DoorsApp app) : BunitContext
{
    private static readonly Rate Bitcoin = new("paper", "BTC", "USDT", 100_743.21m, TimeSpan.FromSeconds(3), IsAssumed: false);
    private SignalRows _rows = null!;

    [Fact]
    public async Task Figures_StandBesideTheirLimits()
    {
        var form = await FormAsync(
            s => (s.MaxExposure, s.MaxDailyLoss, s.MaxDrawdown, s.MaxOpenOrders) = (10_000m, 500m, 300m, 10),
            new RiskFigures(4_200m, null, 12.5m, -120.456m, 0, [Bitcoin])
            {
                OpenOrders = 3,
                LargestPosition = 2_500m,
                SignalsLastMinute = 1,
            }
        );

        Note(form, "MaxExposure").ShouldBe("Value of everything held and being bought. Now 4,200 of 10,000 USDT.");
        Note(form, "MaxDailyLoss").ShouldEndWith(" Now 120.46 of 500 USDT.");
        Note(form, "MaxDrawdown").ShouldEndWith(" Now 12.5 of 300 USDT.");
        Note(form, "MaxUnrealizedLoss").ShouldEndWith(" Unknown now.");
        Note(form, "MaxOpenOrders").ShouldBe("At the same time. Now 3 of 10 orders.");
        Note(form, "MaxPositionValue").ShouldBe("Value held of one symbol. Now 2,500 USDT.");
        Note(form, "MaxSignalsPerMinute").ShouldEndWith(" Now 1 in the last minute.");
        Note(form, "MaxOrderValue").ShouldBe("Value of one order.");
        form.Find(".rates").TextContent.ShouldBe("1 BTC = 100,743 USDT, 3 s old.");
    }

    [Fact]
    public async Task WithoutLimitsOrFigures_NothingIsMadeUp()
    {
        var form = await FormAsync(_ => { }, new RiskFigures(0, 80m, null, 5m, 85m, []));
        Note(form, "MaxExposure").ShouldEndWith(" Now 0 USDT.");
        Note(form, "MaxUnrealizedLoss").ShouldEndWith(" Now 0 USDT.");
        Note(form, "MaxDrawdown").ShouldEndWith("then reduce only until reset.");
        form.FindAll(".rates").ShouldBeEmpty();

        form.Render(p => p.Add(f => f.Now, null));
        Note(form, "MaxExposure").ShouldBe("Value of everything held and being bought.");
    }

    [Fact]
    public async Task Currency_IsTheUnitOfValues_AndIsSavedInUpperCase()
    {
        var form = await FormAsync(_ => { });
        Units(form).ShouldBe(["USDT", "USDT", "USDT", "USDT", "USDT", "USDT", "orders", "a minute"]);

        await form.Find($"#{Id("currency")}").InputAsync("e");
        form.Find($"#{Id("currency")}-note .field-error").TextContent.ShouldContain("2 to 12 letters or digits");
        await form.Find($"#{Id("currency")}").InputAsync("eur");
        Units(form)[0].ShouldBe("EUR");
        await form.Find("button.button-primary").ClickAsync(new());

        form.WaitForAssertion(() => form.Find(".saved").TextContent.ShouldContain("Saved"));
        await using var db = await _rows.DatabaseAsync();
        (await db.RiskSettings.SingleAsync(r => r.ScopeId == _rows.UserId)).Currency.ShouldBe("EUR");
    }

    [Theory]
    [InlineData("MaxOrderValue", "0,5", "\"0,5\" is not clear: write 0.5 or 5.")]
    [InlineData("MaxDailyLoss", "1.000,5", "\"1.000,5\" is not clear: write 1000.5 or 1.0005.")]
    [InlineData("MaxExposure", "abc", "\"abc\" is no number; write digits with a decimal point, like 1234.5.")]
    [InlineData("MaxOpenOrders", "2.5", "\"2.5\" is no whole number.")]
    public async Task WhatIsNoNumber_IsToldAndNeverSavedAsNoLimit(string field, string text, string says)
    {
        var form = await FormAsync(s => s.MaxOrderValue = s.MaxDailyLoss = s.MaxExposure = s.MaxOpenOrders = 10);

        await form.Find($"#{Id(field)}").InputAsync(text);
        await form.Find("button.button-primary").ClickAsync(new());

        Note(form, field).ShouldBe(says);
        await using var db = await _rows.DatabaseAsync();
        var stored = await db.RiskSettings.SingleAsync(r => r.ScopeId == _rows.UserId);
        new decimal?[] { stored.MaxOrderValue, stored.MaxDailyLoss, stored.MaxExposure, stored.MaxOpenOrders }.ShouldAllBe(v => v == 10);
    }

    [Fact]
    public async Task GroupedThousands_AreSaved()
    {
        var form = await FormAsync(_ => { });

        await form.Find($"#{Id("MaxExposure")}").InputAsync("1,000.5");
        await form.Find("button.button-primary").ClickAsync(new());

        form.WaitForAssertion(() => form.Find(".saved").TextContent.ShouldContain("Saved"));
        await using var db = await _rows.DatabaseAsync();
        (await db.RiskSettings.SingleAsync(r => r.ScopeId == _rows.UserId)).MaxExposure.ShouldBe(1000.5m);
    }

    [Fact]
    public async Task FormOfAnAccount_HasTheUsersCurrencyAndNoFieldForIt()
    {
        var form = await FormAsync(_ => { }, scope: RiskScope.Account, currency: "BTC");

        form.FindAll("[id^=currency]").ShouldBeEmpty();
        Units(form)[0].ShouldBe("BTC");
    }

    [Fact]
    public async Task DrawdownThatWasReached_IsResetByItsButton()
    {
        var form = await FormAsync(s =>
            (s.MaxDrawdown, s.DrawdownReachedAt) = (300m, new DateTime(2026, 3, 4, 13, 5, 0, DateTimeKind.Utc))
        );
        form.Find(".notice")
            .TextContent.ShouldContain("The drawdown limit was reached on 4 Mar 13:05 UTC: reduce only until you reset it.");

        await form.Find(".notice button").ClickAsync(new());

        await Until.True(async () =>
        {
            await using var db = await _rows.DatabaseAsync();
            return await db.RiskSettings.AnyAsync(r => r.ScopeId == _rows.UserId && r.DrawdownReachedAt == null && r.MaxDrawdown != null);
        });
    }

    // Of the form of all accounts: an id of the user is nobody's business.
    private static string Id(string field) => $"{field}-all";

    private static string Note(IRenderedComponent<RiskForm> form, string field) => form.Find($"#{Id(field)}-note").TextContent.Trim();

    private static List<string> Units(IRenderedComponent<RiskForm> form) => [.. form.FindAll(".unit").Select(u => u.TextContent)];

    private async Task<IRenderedComponent<RiskForm>> FormAsync(
        Action<RiskSetting> change,
        RiskFigures? now = null,
        RiskScope scope = RiskScope.User,
        string currency = "USDT"
    )
    {
        _rows = await SignalRows.NewAsync(app);
        var setting = new RiskSetting
        {
            ScopeId = _rows.UserId,
            UserId = _rows.UserId,
            Scope = RiskScope.User,
            UpdatedAt = app.Get<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        change(setting);
        await using (var db = await _rows.DatabaseAsync())
        {
            db.Add(setting);
            await db.SaveChangesAsync();
        }

        Services.AddSingleton(app.Get<RiskService>());
        JSInterop.Mode = JSRuntimeMode.Loose;
        return Render<RiskForm>(p =>
            p.Add(f => f.UserId, _rows.UserId)
                .Add(f => f.Scope, scope)
                .Add(f => f.ScopeId, _rows.UserId)
                .Add(f => f.Stored, new RiskResult.Done(setting, TradingState.Active, currency))
                .Add(f => f.Now, now)
        );
    }
}
