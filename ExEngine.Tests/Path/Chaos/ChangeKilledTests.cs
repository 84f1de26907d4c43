using System.Net.Http.Json;
using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>An order is changed, and the server kills itself between two of the writes and calls that this takes.</summary>
[NeedsServer]
public sealed class ChangeKilledTests
{
    private static readonly string[] Points = ["cancel.afterCall", "answer.beforeCommit", "answer.afterCommit", "send.afterCall"];

    [Fact]
    public async Task KilledAnywhere_OneOrderIsOnTheBook()
    {
        await using var run = await ChaosRun.StartAsync(TwoDatabases.Sqlite, traders: 1);
        var app = run.Apps[0];
        var ids = new List<Guid>();
        foreach (var (i, point) in Points.Index())
        {
            ids.Add(await RestAsync(run, i));
            await Until.True(() => IsQuietAsync(run), TimeSpan.FromSeconds(60));
            run.Arm(point);
            await ChangeAsync(run, ids[i]);
            await app.WaitForExitAsync();
            await app.StartAsync();
        }

        foreach (var (i, id) in ids.Index())
        {
            await Until.True(
                async () => (await OrdersAsync(run, i))[^1] is { Generation: > 0, Status: OrderStatus.Open },
                TimeSpan.FromSeconds(60)
            );
            var orders = await OrdersAsync(run, i);
            orders
                .Select(o => (o.Generation, o.Status, o.Price))
                .ShouldBe([(0, OrderStatus.Canceled, 90m), (1, OrderStatus.Open, 91m)], Points[i]);
            orders[1].ReplacesId.ShouldBe(id);
            var ledger = await run.Exchange.LedgerAsync();
            ledger
                .Orders.Where(o => o.Symbol == $"M{i}USDT")
                .Select(o => o.ClientOrderId)
                .ShouldBe(orders.Select(o => o.ClientId), Points[i]);
            ledger.Cancels.Count(o => o.Symbol == $"M{i}USDT").ShouldBe(1, Points[i]);
        }
    }

    private static async Task<Guid> RestAsync(ChaosRun run, int market)
    {
        await using var db = run.Open();
        var account = await db.ExchangeAccounts.Select(a => a.Id).SingleAsync();
        var placed = await DoorsApp.PostAsync(
            run.ClientOf(0),
            "/api/orders",
            new
            {
                accountId = account,
                symbol = $"M{market}/USDT",
                side = "buy",
                type = "limit",
                quantity = "1",
                price = "90",
            }
        );
        await Until.True(async () => (await OrdersAsync(run, market)) is [{ Status: OrderStatus.Open }], TimeSpan.FromSeconds(30));
        return placed.GetProperty("id").GetGuid();
    }

    // What the kill before left behind is settled, and does not reach the next point in the place of the change.
    private static async Task<bool> IsQuietAsync(ChaosRun run)
    {
        await using var db = run.Open();
        return !await db.Orders.AnyAsync(o => o.SettledAt == null && o.Status != OrderStatus.Open);
    }

    private static async Task ChangeAsync(ChaosRun run, Guid id)
    {
        try
        {
            await run.ClientOf(0).PatchAsJsonAsync($"/api/orders/{id}", new { price = "91" });
        }
        catch (HttpRequestException)
        {
            // The answer was lost with the process.
        }
    }

    private static async Task<List<Order>> OrdersAsync(ChaosRun run, int market)
    {
        await using var db = run.Open();
        return await db.Orders.AsNoTracking().Where(o => o.Symbol == $"M{market}/USDT").OrderBy(o => o.Id).ToListAsync();
    }
}
