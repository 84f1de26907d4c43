using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class PositionEndpointsTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task List_HasAverageFeesAndTheProfitAtTheLastPrice(string database)
    {
        var (client, rows) = await StartAsync(database);
        var open = await rows.AddPositionAsync(p => (p.Quantity, p.EntryCost) = (0.04m, 2400m));
        var flat = await rows.AddPositionAsync(p =>
            (p.Symbol, p.Base, p.Quantity, p.EntryCost, p.OpenedAt, p.ClosedAt) = ("ETH/USDT", "ETH", 0m, 0m, null, p.UpdatedAt)
        );

        var all = await client.GetFromJsonAsync<JsonElement>("/api/positions");
        var held = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items");

        all.GetProperty("items")
            .EnumerateArray()
            .Select(i => (i.GetProperty("id").GetGuid(), i.GetProperty("side").GetString()))
            .ShouldBe([(flat, "flat"), (open, "long")]);
        held.GetArrayLength().ShouldBe(1);
        Number(held[0], "averageEntry").ShouldBe(60000m);
        Number(held[0], "unrealizedProfit").ShouldBe((Number(held[0], "lastPrice") * 0.04m) - 2400m);
        held[0].GetProperty("fees").GetProperty("USDT").GetString().ShouldBe("1.2");
    }

    [Fact]
    public async Task Story_HasOrdersThatAreOpenAndAllFills()
    {
        var (client, rows) = await StartAsync(TwoDatabases.Sqlite);
        var id = await rows.AddPositionAsync();
        var orders = await rows.AddAsync(
            o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (Core.Orders.OrderStatus.Filled, 0.01m, 600m),
            _ => { },
            o => o.Symbol = "ETH/USDT"
        );

        var story = await client.GetFromJsonAsync<JsonElement>($"/api/positions/{id}");

        story.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("id").GetGuid()).ShouldBe([orders[1]]);
        story.GetProperty("fills").EnumerateArray().Select(f => f.GetProperty("orderId").GetGuid()).ShouldBe([orders[0]]);
    }

    [Fact]
    public async Task Export_HasExactNumbersALineForEach()
    {
        var (client, rows) = await StartAsync(TwoDatabases.Sqlite);
        var id = await rows.AddPositionAsync(p => (p.Quantity, p.EntryCost, p.RealizedProfit) = (0.04m, 2400m, -12.5m));

        var answer = await client.GetAsync("/api/positions/export?open=true");

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        var fields = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(f => f.First, f => f.Second);
        (fields["id"], fields["symbol"], fields["quantity"], fields["averageEntry"], fields["realizedProfit"]).ShouldBe(
            (id.ToString(), "BTC/USDT", "0.04", "60000", "-12.5")
        );
    }

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(HttpClient Client, OrderRows Rows)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        app.Get<PriceFeed>().Last(ExchangeInfo.Paper, "BTC/USDT").ShouldNotBeNull();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), new OrderRows(app, owner));
    }
}
