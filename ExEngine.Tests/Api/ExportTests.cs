using System.Net;
using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

/// <summary>Orders and what was executed as CSV.</summary>
[NeedsServer]
public sealed class ExportTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Orders_AreTheFilteredSetAndNoFormula(string database)
    {
        var (client, rows) = await StartAsync(database);
        await rows.AddAsync(
            o => (o.Status, o.Code, o.Reason) = (OrderStatus.Rejected, "x", "=HYPERLINK(\"http://evil\")"),
            o => o.Symbol = "ETH/USDT"
        );
        await rows.AddAsync(Enumerable.Repeat<Action<Order>>(o => o.Status = OrderStatus.Denied, 600));

        var answer = await client.GetAsync("/api/orders/export?status=refused&symbol=BTC/USDT");
        var text = await answer.Content.ReadAsStringAsync();

        answer.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("orders-");
        text.ShouldStartWith("id,createdAt,finishedAt,account,exchange,mode,symbol,side,type,quantity,price");
        text.ShouldContain("'=HYPERLINK");
        text.ShouldNotContain(",=HYPERLINK");
        text.ShouldNotContain("ETH/USDT");
        text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(602);
        (await client.GetAsync("/api/orders/export?status=3")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_SeesNothing()
    {
        var (_, rows) = await StartAsync(TwoDatabases.Sqlite);
        var (stranger, _) = await StartAsync(TwoDatabases.Sqlite);
        var ids = await rows.AddAsync(o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 600m));

        (await stranger.GetStringAsync("/api/orders/export")).ShouldNotContain(ids[0].ToString());
        (await stranger.GetStringAsync("/api/fills/export")).ShouldNotContain(ids[0].ToString());
    }

    private async Task<(HttpClient Client, OrderRows Rows)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), new OrderRows(app, owner));
    }
}
