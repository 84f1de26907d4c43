using System.Globalization;
using System.Net;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Positions;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>Fills in the database as REST and the CSV tell them, on both databases.</summary>
[NeedsServer]
public sealed class FillLedgerTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly DateTime Start = new(2026, 4, 30, 22, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Csv_HasTheCostThatEachSellTookAlong_AndNoFormula(string database)
    {
        var (app, rows, client) = await StartAsync(database);
        await AddAsync(
            app,
            rows,
            Trade(0, OrderSide.Buy, 0.02m, 2_000m, 2m, "USDT"),
            Trade(1, OrderSide.Buy, 0.02m, 2_200m, 0.001m, "BNB"),
            Trade(2, OrderSide.Sell, 0.01m, 990m, 0.99m, "USDT")
        );

        var answer = await client.GetAsync("/api/fills/export?mode=paper");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("fills-");
        lines[0]
            .ShouldBe(
                "time,account,mode,exchange,symbol,side,kind,quantity,price,quoteAmount,quoteCoin,fee,feeCoin,costBasis,realizedProfit,"
                    + "positionId,orderId,tradeId,webhook"
            );
        lines.Length.ShouldBe(4);
        lines[1].ShouldStartWith("2026-04-30T22:00:00.000000Z,Paper,paper,paper,BTC/USDT,buy,trade,0.02,100000,2000,USDT,2,USDT,,0,");

        // A quarter of 2,002 + 2,200 went with the sell of a quarter: 1,050.5. It brought 989.01.
        lines[3].ShouldContain(",BTC/USDT,sell,trade,0.01,99000,990,USDT,0.99,USDT,1050.5,-61.49,");
        lines[3].ShouldEndWith("\"'=HYPERLINK(\"\"evil\"\")\"");

        // The cost is the same whatever stretch is asked for.
        var last = await client.GetStringAsync("/api/fills/export?mode=paper&from=2026-04-30T23:30:00Z");
        last.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].ShouldBe([lines[3]]);
        (await client.GetStringAsync("/api/fills/export?symbol=btc")).ShouldContain(lines[3]);
        (await client.GetStringAsync("/api/fills/export?symbol=btc/usd")).ShouldNotContain("BTC/USDT");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Rest_TellsTheSameSumEveryWay(string database)
    {
        var (app, rows, client) = await StartAsync(database);
        await AddAsync(
            app,
            rows,
            Trade(0, OrderSide.Buy, 0.02m, 2_000m, 0, null),
            Trade(1, OrderSide.Sell, 0.01m, 1_100m, 0, null),
            Trade(3, OrderSide.Sell, 0.005m, 450m, 0, null)
        );

        foreach (var by in new[] { "day", "week", "month", "symbol", "webhook", "account" })
        {
            var items = (await GetAsync(client, $"/api/profit?by={by}")).GetProperty("items").EnumerateArray().ToList();
            items.Sum(i => Number(i, "profit")).ShouldBe(50m, by);
            items.Sum(i => i.GetProperty("trades").GetInt32()).ShouldBe(2, by);
        }

        var days = (await GetAsync(client, "/api/profit?limit=1")).GetProperty("items");
        (days[0].GetProperty("key").GetString(), Number(days[0], "profit")).ShouldBe(("2026-05-01", -50m));
        var second = await GetAsync(client, "/api/profit?limit=1&cursor=2026-05-01");
        (second.GetProperty("items")[0].GetProperty("key").GetString(), second.GetProperty("nextCursor").GetString()).ShouldBe(
            ("2026-04-30", null)
        );

        var summary = await GetAsync(client, "/api/profit/summary");
        var total = summary.GetProperty("total");
        (Number(total, "winRate"), Number(total, "averageWin"), Number(total, "averageLoss"), Number(total, "profitFactor")).ShouldBe(
            (50m, 100m, -50m, 2m)
        );
        (summary.GetProperty("timeZone").GetString(), summary.GetProperty("mode").GetString()).ShouldBe(("UTC", "paper"));
        Number(summary, "drawdown").ShouldBe(50m);

        (await client.GetAsync("/api/profit?by=moon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/api/profit/summary?mode=other")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync("/api/profit/summary", null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Equity_IsTold_NewestFirstAndPageByPage(string database)
    {
        var (app, rows, client) = await StartAsync(database);
        await using (var db = await rows.DatabaseAsync())
        {
            var account = await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == rows.AccountId);
            var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
            var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
            foreach (var ago in new[] { 10, 5, 0 })
            {
                await app.Get<EquityWriter>().TakeAsync(account, minute.AddMinutes(-ago), CancellationToken.None);
            }
        }

        var first = await GetAsync(client, $"/api/equity?limit=1&accountId={rows.AccountId}");
        var newest = first.GetProperty("items")[0];
        (Number(newest, "equity"), Number(newest, "netDeposits"), Number(newest, "profit")).ShouldBe((10_000m, 10_000m, 0m));
        newest.GetProperty("currency").GetString().ShouldBe("USDT");
        var cursor = Uri.EscapeDataString(first.GetProperty("nextCursor").GetString()!);
        var second = (await GetAsync(client, $"/api/equity?limit=1&cursor={cursor}")).GetProperty("items")[0];
        second.GetProperty("at").GetDateTime().ShouldBeLessThan(newest.GetProperty("at").GetDateTime());
        (await client.GetAsync("/api/equity?cursor=moon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync(client, "/api/equity?mode=live")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task AFewThousandFills_ComeInTheOrderInWhichTheyCount(string database)
    {
        var (app, rows, _) = await StartAsync(database);
        var random = new Random(7);
        var fills = new List<Fill>();
        for (var i = 0; i < 2_500; i++)
        {
            // Several at one instant, and stored in another order than they happened in.
            var fill = Trade(0, i % 3 == 2 ? OrderSide.Sell : OrderSide.Buy, 0.001m * random.Next(1, 9), random.Next(50, 900), 0, null);
            fill.At = Start.AddSeconds(i / 4);
            fill.ExchangeTradeId = i.ToString(CultureInfo.InvariantCulture);
            fills.Add(fill);
        }

        await AddAsync(app, rows, [.. fills.OrderBy(_ => random.Next())]);
        var lines = new List<FillLine>();
        await foreach (var line in app.Get<FillLedger>().AllAsync(rows.UserId, null, null, null, null, null, CancellationToken.None))
        {
            lines.Add(line);
        }

        lines.Select(l => l.Fill.ExchangeTradeId).ShouldBe(fills.Select(f => f.ExchangeTradeId));
        var replay = PositionMath.Of("BTC", "USDT", fills);
        lines.Select(l => l.Fill.RealizedProfit).ShouldBe(fills.Select(f => replay.Profits[f.Id]));

        // What went in is what went out with sells and what is left.
        var paid = fills.Where(f => f.Side == OrderSide.Buy).Sum(f => f.Cost);
        (lines.Sum(l => l.CostBasis ?? 0) + replay.Holding.EntryCost).ShouldBe(paid);
        var scope = new MoneyScope(rows.UserId, AccountMode.Paper);
        var report = await app.Get<ProfitQuery>().ReadAsync(scope, null, null, CancellationToken.None);
        (report.Total.Profit, report.Total.Fills).ShouldBe((replay.Holding.RealizedProfit, 2_500));
    }

    private async Task<(AppFactory App, SignalRows Rows, HttpClient Client)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app, "=HYPERLINK(\"evil\")");
        await rows.SetPasswordAsync();
        return (app, rows, await ApiClient.SignInAsync(app.Address, rows.Email));
    }

    private static Fill Trade(int hour, OrderSide side, decimal quantity, decimal cost, decimal fee, string? feeAsset) =>
        new()
        {
            Symbol = "BTC/USDT",
            ExchangeTradeId = $"t{hour}",
            Side = side,
            Price = cost / quantity,
            Quantity = quantity,
            Cost = cost,
            Fee = fee,
            FeeAsset = feeAsset,
            At = Start.AddHours(hour),
        };

    /// <summary>Of the user's webhook, each with an order of its own, and the position that they make.</summary>
    private static async Task AddAsync(AppFactory app, SignalRows rows, params Fill[] fills)
    {
        var ids = app.Get<SequentialIds>();
        foreach (var fill in fills)
        {
            (fill.Id, fill.UserId, fill.AccountId, fill.OwnerId) = (ids.Next(), rows.UserId, rows.AccountId, rows.WebhookId);
            (fill.OrderId, fill.StoredAt) = (ids.Next(), fill.At);
        }

        var replay = PositionMath.Of("BTC", "USDT", fills);
        foreach (var fill in fills)
        {
            fill.RealizedProfit = replay.Profits[fill.Id];
        }

        var owner = PositionOwner.Webhook(rows.WebhookId);
        var position = Position.New(ids.Next(), rows.UserId, rows.AccountId, ("BTC/USDT", "BTC", "USDT"), owner, Start);
        replay.Holding.WriteTo(position);
        await using var db = await rows.DatabaseAsync();
        db.Add(position);
        db.AddRange(fills);
        await db.SaveChangesAsync();
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await ApiClient.SucceedAsync(await client.GetAsync(path));

    private static decimal Number(JsonElement of, string name) =>
        decimal.Parse(of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
