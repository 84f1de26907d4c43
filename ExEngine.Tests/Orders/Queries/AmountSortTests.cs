using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders.Queries;

/// <summary>Lists by price and quantity: by value and not by text, and each row once however many are equal.</summary>
[NeedsServer]
public sealed class AmountSortTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    // As texts "10" is before "9", "1E-8" after both, and 100.50 is another than 100.5.
    private static readonly decimal?[] Amounts =
    [
        9m,
        10m,
        null,
        100.5m,
        0.00001234m,
        1E-8m,
        100.50m,
        0.0000000000000000000000000001m,
        79228162514264337593543950335m,
        null,
        9.0m,
        60000.105m,
    ];

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task Price_GoesByValueBothWaysWithMarketOrdersLast(string database)
    {
        var (_, query, user, ids) = await StartAsync(
            database,
            Amounts.Select<decimal?, Action<Order>>(a => o => (o.Price, o.Type) = (a, a is null ? OrderType.Market : OrderType.Limit))
        );

        (await AllAsync(query, user, RowSort.Price)).ShouldBe(Expected(ids, Amounts, descending: false));
        (await AllAsync(query, user, RowSort.PriceDown)).ShouldBe(Expected(ids, Amounts, descending: true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Quantity_GoesByValueBothWays(string database)
    {
        var amounts = Amounts.Select(a => a ?? 9m).ToList();
        var (_, query, user, ids) = await StartAsync(database, amounts.Select<decimal, Action<Order>>(a => o => o.Quantity = a));

        (await AllAsync(query, user, RowSort.Quantity)).ShouldBe(Expected(ids, [.. amounts], descending: false));
        (await AllAsync(query, user, RowSort.QuantityDown)).ShouldBe(Expected(ids, [.. amounts], descending: true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Price_IsTheOneThatTheListShows(string database)
    {
        var (_, query, user, ids) = await StartAsync(
            database,
            [
                o => (o.Type, o.Price, o.StopPrice) = (OrderType.Stop, null, 20m),
                o => (o.Type, o.Price, o.StopPrice) = (OrderType.StopLimit, 3m, 30m),
                // A market order by its cost keeps the price that its quantity was counted with, which no list shows.
                o => (o.Type, o.Price, o.StopPrice) = (OrderType.Market, 1m, null),
                o => (o.Type, o.Price, o.StopPrice) = (OrderType.Limit, 100m, null),
            ]
        );

        (await AllAsync(query, user, RowSort.Price)).ShouldBe([ids[1], ids[0], ids[3], ids[2]]);
        (await AllAsync(query, user, RowSort.PriceDown)).ShouldBe([ids[3], ids[0], ids[1], ids[2]]);
        foreach (var row in await query.ListAsync(user, new(), null, 10, default))
        {
            (row.ShownPrice is null).ShouldBe(row.Id == ids[2]);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PagesOfEqualPrices_MeetEachRowOnceThoughOthersJoinMeanwhile(string database)
    {
        var prices = Enumerable
            .Range(0, 40)
            .Select(i =>
                i % 4 == 3 ? (decimal?)null
                : i % 2 == 0 ? 100.5m
                : 100.50m
            )
            .ToArray();
        foreach (var sort in new[] { RowSort.Price, RowSort.PriceDown })
        {
            var (rows, query, user, ids) = await StartAsync(
                database,
                prices.Select<decimal?, Action<Order>>(p => o => (o.Price, o.Type) = (p, p is null ? OrderType.Market : OrderType.Limit))
            );

            var read = new List<OrderRow>();
            while (read.Count < 100)
            {
                var page = await query.SortedAsync(user, new(), sort, read.Count > 0 ? read[^1] : null, read.Count, 7, default);
                read.AddRange(page);
                if (page.Count < 7)
                {
                    break;
                }

                // What joins above the reader moves nothing below.
                await rows.AddAsync(o => o.Price = sort == RowSort.Price ? 1m : 200m);
            }

            read.Select(r => r.Id).ShouldBe(Expected(ids, prices, sort == RowSort.PriceDown));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task AnotherUsersAndFilteredOrders_AreNotMet(string database)
    {
        var (_, query, user, ids) = await StartAsync(database, [o => o.Price = 2m, o => (o.Price, o.Symbol) = (1m, "ETH/USDT")]);
        var (_, _, stranger, _) = await StartAsync(database, [o => o.Price = 3m]);

        (await query.SortedAsync(user, new() { Symbol = "btc" }, RowSort.Price, null, 0, 10, default)).Select(r => r.Id).ShouldBe([ids[0]]);
        (await query.SortedAsync(stranger, new(), RowSort.Price, null, 0, 10, default)).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task FillsOfAPosition_GoByValue(string database)
    {
        decimal[] prices = [9m, 10m, 100.5m, 0.00001234m, 1E-8m, 100.50m];
        var (rows, _, user, orders) = await StartAsync(
            database,
            prices.Select<decimal, Action<Order>>(p =>
                o =>
                    (o.Status, o.Price, o.Quantity, o.FilledQuantity, o.ExecutedCost) = (
                        OrderStatus.Filled,
                        p,
                        20 - p / 10,
                        20 - p / 10,
                        1m
                    )
            )
        );
        var position = await rows.AddPositionAsync();
        Dictionary<Guid, Guid> fills;
        await using (var db = await rows.DatabaseAsync())
        {
            var stored = await db.Fills.Where(f => f.UserId == user).ToListAsync();
            foreach (var fill in stored)
            {
                var at = orders.ToList().IndexOf(fill.OrderId);
                (fill.Price, fill.Quantity) = (prices[at], 20 - prices[at] / 10);
            }

            await db.SaveChangesAsync();
            fills = stored.ToDictionary(f => f.Id, f => f.OrderId);
        }

        var query = (await databases.OnAsync(database)).Get<PositionQuery>();
        var row = (await query.FindAsync(user, position, default))!;
        decimal?[] amounts = [.. prices];
        (await OfAsync(RowSort.Price)).ShouldBe(Expected(orders, amounts, descending: false));
        (await OfAsync(RowSort.PriceDown)).ShouldBe(Expected(orders, amounts, descending: true));
        (await OfAsync(RowSort.Quantity)).ShouldBe(Expected(orders, amounts, descending: true));
        (await OfAsync(RowSort.QuantityDown)).ShouldBe(Expected(orders, amounts, descending: false));
        (await OfAsync(RowSort.Oldest)).ShouldBe((await OfAsync(RowSort.Newest)).Reverse());

        async Task<IEnumerable<Guid>> OfAsync(RowSort sort) => (await query.FillsAsync(row, sort, default)).Select(f => fills[f.Id]);
    }

    // Nulls last, equal ones newest first.
    private static IEnumerable<Guid> Expected(IReadOnlyList<Guid> ids, decimal?[] amounts, bool descending) =>
        Enumerable
            .Range(0, ids.Count)
            .OrderBy(i => amounts[i] is null)
            .ThenBy(i => descending ? -(amounts[i] ?? 0) : amounts[i] ?? 0)
            .ThenByDescending(i => i)
            .Select(i => ids[i]);

    private static async Task<IEnumerable<Guid>> AllAsync(OrderQuery query, Guid user, RowSort sort)
    {
        var read = new List<OrderRow>();
        int before;
        do
        {
            before = read.Count;
            read.AddRange(await query.SortedAsync(user, new(), sort, read.Count > 0 ? read[^1] : null, read.Count, 3, default));
        } while (read.Count == before + 3);

        return read.Select(r => r.Id);
    }

    private async Task<(OrderRows Orders, OrderQuery Query, Guid User, IReadOnlyList<Guid> Ids)> StartAsync(
        string database,
        IEnumerable<Action<Order>> orders
    )
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        var rows = new OrderRows(app, owner);
        return (rows, app.Get<OrderQuery>(), owner.UserId, await rows.AddAsync(orders));
    }
}
