using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders;

/// <summary>The highest profit, and what happens when it has fallen too far, without anybody who trades.</summary>
[NeedsServer]
public sealed class DrawdownWatchTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Profit_RaisesItsHighestAndNeverLowersIt(string database)
    {
        var (app, rows) = await StartAsync(database, maxDrawdown: "1000");
        await SetProfitAsync(rows, 100m);
        await LookAsync(app);
        (await SettingAsync(rows)).ProfitPeak.ShouldBe(100m);

        await SetProfitAsync(rows, 250.5m);
        await LookAsync(app);
        await SetProfitAsync(rows, -700m);
        await LookAsync(app);

        var setting = await SettingAsync(rows);
        (setting.ProfitPeak, setting.DrawdownReachedAt).ShouldBe((250.5m, null));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task FallThatReachesTheLimit_IsWrittenAndTold(string database)
    {
        var (app, rows) = await StartAsync(database, maxDrawdown: "1000");
        await SetProfitAsync(rows, 100m);
        await LookAsync(app);
        var told = new List<ChangeEvent>();
        using var hearing = app.Get<ChangeFeed>().Subscribe(rows.UserId, told.Add);

        await SetProfitAsync(rows, -900m);
        await LookAsync(app);

        (await SettingAsync(rows)).DrawdownReachedAt.ShouldNotBeNull();
        told.ShouldContain(e => e.Kind == ChangeKind.Risk && e.Id == rows.AccountId);
        var risk = (RiskResult.Done)
            await app.Get<RiskService>().FindAsync(rows.UserId, RiskScope.Account, rows.AccountId, CancellationToken.None);
        risk.State.ShouldBe(TradingState.ReduceOnly);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task LossOfAnotherQuote_CountsAtItsRate(string database)
    {
        var (app, rows) = await StartAsync(database, maxDrawdown: "1000");
        var id = await new OrderRows(app, rows).AddPositionAsync(p =>
        {
            (p.Symbol, p.Base, p.Quote, p.Quantity, p.EntryCost, p.OpenedAt) = ("ETH/BTC", "ETH", "BTC", 0, 0, null);
            p.RealizedProfit = 0;
        });
        await LookAsync(app);

        // About 9,000 USDT.
        await using (var db = await rows.DatabaseAsync())
        {
            await db.Positions.Where(p => p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.RealizedProfit, -0.1m));
        }

        await LookAsync(app);

        (await SettingAsync(rows)).DrawdownReachedAt.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task ChangedCurrency_BeginsANewHighest(string database)
    {
        var (app, rows) = await StartAsync(database, maxDrawdown: "1000");
        await SetProfitAsync(rows, 100m);
        await LookAsync(app);

        await app.Get<RiskService>()
            .SetAsync(rows.UserId, RiskScope.User, rows.UserId, new RiskInput { Currency = "eur" }, CancellationToken.None);
        await LookAsync(app);

        (await SettingAsync(rows)).ProfitPeak!.Value.ShouldBeInRange(60m, 99m);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task WebhookThatTradesWithAnother_IsMeasuredByThatOnesPositions(string database)
    {
        var (app, rows) = await StartAsync(database, maxDrawdown: "1000");
        var follower = await rows.AddWebhookAsync("Follower");
        await using (var db = await rows.DatabaseAsync())
        {
            await db.Webhooks.Where(w => w.Id == follower).ExecuteUpdateAsync(s => s.SetProperty(w => w.TradesWithId, rows.WebhookId));
        }

        await app.Get<RiskService>()
            .SetAsync(
                rows.UserId,
                RiskScope.Webhook,
                follower,
                new RiskInput { Limits = new() { MaxDrawdown = 10m } },
                CancellationToken.None
            );
        await new OrderRows(app, rows).AddPositionAsync(p =>
        {
            (p.OwnerKind, p.OwnerId) = (Core.Positions.OwnerKind.Webhook, rows.WebhookId);
            (p.Quantity, p.EntryCost, p.OpenedAt, p.RealizedProfit) = (0, 0, null, 44m);
        });
        await LookAsync(app);

        await using var read = await rows.DatabaseAsync();
        (await read.RiskSettings.SingleAsync(r => r.ScopeId == follower)).ProfitPeak.ShouldBe(44m);
    }

    private async Task<(AppFactory App, SignalRows Rows)> StartAsync(string database, string maxDrawdown)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        await app.Get<RiskService>()
            .SetAsync(
                rows.UserId,
                RiskScope.Account,
                rows.AccountId,
                new RiskInput
                {
                    Limits = new() { MaxDrawdown = decimal.Parse(maxDrawdown, System.Globalization.CultureInfo.InvariantCulture) },
                },
                CancellationToken.None
            );
        return (app, rows);
    }

    private static Task LookAsync(AppFactory app) => app.Get<DrawdownWatch>().LookAsync(CancellationToken.None);

    // A closed position: what it realised is its profit at any price.
    private async Task SetProfitAsync(SignalRows rows, decimal profit)
    {
        await using var db = await rows.DatabaseAsync();
        if (
            await db.Positions.Where(p => p.UserId == rows.UserId).ExecuteUpdateAsync(s => s.SetProperty(p => p.RealizedProfit, profit))
            == 0
        )
        {
            var app =
                db is Core.Data.PostgresDb ? await databases.OnAsync(TwoDatabases.Postgres) : await databases.OnAsync(TwoDatabases.Sqlite);
            await new OrderRows(app, rows).AddPositionAsync(p =>
                (p.Quantity, p.EntryCost, p.OpenedAt, p.RealizedProfit) = (0, 0, null, profit)
            );
        }
    }

    private static async Task<RiskSetting> SettingAsync(SignalRows rows)
    {
        await using var db = await rows.DatabaseAsync();
        return await db.RiskSettings.AsNoTracking().SingleAsync(r => r.ScopeId == rows.AccountId);
    }
}
