using ExEngine.Core.Bots.Running;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// An alert asks a bot for a deal, and another for its end, while the server kills itself between two of the writes that this takes.
/// </summary>
[NeedsServer]
public sealed class AlertedBotKilledTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Each point on one of the databases: a kill and a start take five seconds.</summary>
    public static TheoryData<string, string[]> Points =>
        new()
        {
            { TwoDatabases.Sqlite, ["botSignal.beforeCommit", "bot.afterCommit"] },
            { TwoDatabases.Postgres, ["intake.afterCommit", "botSignal.afterCommit", "bot.beforeCommit"] },
        };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task KilledAnywhere_EachAlertActsOnce(string database, string[] points)
    {
        await using var run = await ChaosRun.StartAsync(database, traders: 1);
        var bot = await StartAsync(run);
        foreach (var (i, point) in points.Index())
        {
            await KilledAsync(run, point, $$"""{"action":"start_deal","bot":"Bot","id":"start-{{i}}"}""");
            await Until.True(() => IsBoughtAsync(run, bot, i + 1), Patience, () => run.Apps[0].Log);
            await KilledAsync(run, point, $$"""{"action":"close_deal","bot":"Bot","id":"close-{{i}}"}""");
            await Until.True(() => IsOverAsync(run, bot, i + 1), Patience, () => run.Apps[0].Log);
        }

        await using var db = run.Open();
        var signals = await db.Signals.AsNoTracking().OrderBy(s => s.Id).ToListAsync();
        signals.Select(s => (s.Status, s.DueAt)).ShouldBe(Enumerable.Repeat((SignalStatus.Done, (DateTime?)null), 2 * points.Length));
        var requests = await db.BotRequests.AsNoTracking().OrderBy(r => r.At).ToListAsync();
        requests.Select(r => r.Id).Order().ShouldBe(signals.Select(s => s.Id).Order(), "Each asked one thing, under its own id.");
        requests.ShouldAllBe(r => r.DoneAt != null);
        var ledger = await run.Exchange.LedgerAsync();
        ledger.Orders.Count(o => o is { Side: "BUY" }).ShouldBe(points.Length);
        ledger.Orders.Count(o => o is { Side: "SELL", Price: null }).ShouldBe(points.Length);

        // Each deal buys 1 and gets 0.999 of it, since the fee is taken in coins; on a step of 0.01 it sells 0.99.
        ledger.Fills.Sum(f => f.Side == "BUY" ? f.Quantity : -f.Quantity).ShouldBe(points.Length * 0.01m);
    }

    private static async Task<Guid> StartAsync(ChaosRun run)
    {
        await using var db = run.Open();
        var account = await db.ExchangeAccounts.Select(a => a.Id).SingleAsync();
        var bot = await DoorsApp.PostAsync(
            run.ClientOf(0),
            "/api/bots",
            new
            {
                kind = "dca",
                name = "Bot",
                accountId = account,
                symbol = "M0/USDT",
                settings = new
                {
                    baseOrder = "100",
                    takeProfit = new { percent = "5" },
                    start = "whenAsked",
                },
            }
        );
        var id = bot.GetProperty("id").GetGuid();
        (await run.ClientOf(0).PostAsync($"/api/bots/{id}/start", null)).EnsureSuccessStatusCode();
        return id;
    }

    // The sender has no answer, or one, and sends the same again until it has.
    private static async Task KilledAsync(ChaosRun run, string point, string body)
    {
        var app = run.Apps[0];
        run.Arm(point);
        var alert = new ChaosAlert(0, body, HasOrder: false);
        await run.SendAsync(alert);
        await app.WaitForExitAsync();
        await app.StartAsync();
        await run.SendAsync(alert, () => app);
    }

    private static async Task<bool> IsBoughtAsync(ChaosRun run, Guid bot, int deal)
    {
        await using var db = run.Open();
        var row = await db.Bots.AsNoTracking().SingleAsync(b => b.Id == bot);
        return BotProgram.Of(row.Kind, row.Settings, row.State).Deals is [{ BasePrice: not null } open]
            && open.Number == deal
            && await db.Orders.AnyAsync(o => o.OwnerId == bot && o.Status == OrderStatus.Open)
            && await IsSettledAsync(db, bot);
    }

    private static async Task<bool> IsOverAsync(ChaosRun run, Guid bot, int deal)
    {
        await using var db = run.Open();
        return await db.BotDeals.AnyAsync(d => d.BotId == bot && d.Number == deal)
            && !await db.Orders.AnyAsync(o => o.OwnerId == bot && o.SettledAt == null);
    }

    private static async Task<bool> IsSettledAsync(Core.Data.AppDb db, Guid bot) =>
        !await db.Orders.AnyAsync(o => o.OwnerId == bot && o.SettledAt == null && o.Status != OrderStatus.Open);
}
