using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class OrderEndpointsTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task List_ReadsOnByCursorAndFilters(string database)
    {
        var (client, owner, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(
            o => o.Status = OrderStatus.Filled,
            o => (o.Status, o.Symbol) = (OrderStatus.Unknown, "ETH/USDT"),
            o => o.Status = OrderStatus.Open
        );

        var first = await client.GetFromJsonAsync<JsonElement>("/api/orders?limit=2");
        var second = await client.GetFromJsonAsync<JsonElement>(
            $"/api/orders?limit=2&cursor={first.GetProperty("nextCursor").GetString()}"
        );

        Ids(first).ShouldBe([ids[2], ids[1]]);
        Ids(second).ShouldBe([ids[0]]);
        await ShouldFindAsync("status=active", ids[2], ids[1]);
        await ShouldFindAsync("status=attention", ids[1]);
        await ShouldFindAsync("status=filled", ids[0]);
        await ShouldFindAsync($"symbol=btc&accountId={owner.AccountId}", ids[2], ids[0]);
        await ShouldFindAsync("symbol=eth/usdt", ids[1]);
        await ShouldFindAsync($"accountId={Guid.NewGuid()}");

        async Task ShouldFindAsync(string query, params Guid[] expected) =>
            Ids(await client.GetFromJsonAsync<JsonElement>($"/api/orders?{query}")).ShouldBe(expected, query);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Story_HasFillsTransitionsSlippageAndWhatWasRounded(string database)
    {
        var (client, _, rows) = await StartAsync(database);
        var ids = await rows.AddAsync(o =>
        {
            (o.Status, o.Side, o.FilledQuantity, o.ExecutedCost, o.ReferencePrice) = (
                OrderStatus.Filled,
                OrderSide.Sell,
                0.01m,
                599.00m,
                60000m
            );
            o.Rounded = """[{"field":"quantity","asked":"0.010004","sent":"0.01000"}]""";
        });

        var story = await client.GetFromJsonAsync<JsonElement>($"/api/orders/{ids[0]}");

        story.GetProperty("status").GetString().ShouldBe("filled");
        Number(story.GetProperty("averagePrice")).ShouldBe(59900m);
        Number(story.GetProperty("slippage").GetProperty("amount")).ShouldBe(1m);
        story.GetProperty("slippage").GetProperty("percent").GetString().ShouldBe("0.1667");
        story.GetProperty("rounded")[0].GetProperty("asked").GetString().ShouldBe("0.010004");
        Number(story.GetProperty("fills")[0].GetProperty("cost")).ShouldBe(599m);
        story
            .GetProperty("transitions")
            .EnumerateArray()
            .Select(t => t.GetProperty("to").GetString())
            .ShouldBe(["planned", "submitting", "open", "filled"]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task CalledNeverPlaced_EndsWithTheWordOfWhoSaidItAndIsAskedAboutStill(string database)
    {
        var (client, owner, rows) = await StartAsync(database);
        var signal = (await owner.AddAsync(s => s.Status = SignalStatus.Planned))[0];
        var id = (
            await rows.AddAsync(o =>
                (o.Status, o.Origin, o.OriginId, o.ExchangeOrderId) = (OrderStatus.NeedsOperator, OrderOrigin.Signal, signal, null)
            )
        )[0];

        var story = await DoorsApp.PostAsync(client, $"/api/orders/{id}/not-placed", null);

        story.GetProperty("status").GetString().ShouldBe("notPlaced");
        story.GetProperty("code").GetString().ShouldBe("said_not_placed");
        var last = story.GetProperty("transitions").EnumerateArray().Last();
        (last.GetProperty("from").GetString(), last.GetProperty("to").GetString()).ShouldBe(("needsOperator", "notPlaced"));
        last.GetProperty("reason").GetString()!.ShouldStartWith(owner.Email);
        await using var db = await owner.DatabaseAsync();
        (await db.Orders.SingleAsync(o => o.Id == id)).SettledAt.ShouldBeNull();
        (await db.Signals.SingleAsync(s => s.Id == signal)).Status.ShouldBe(SignalStatus.Failed);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task CalledNeverPlaced_OnlyOneThatNeedsAPersonAndOnlyOnesOwn(string database)
    {
        var (client, _, rows) = await StartAsync(database);
        var (stranger, _, _) = await StartAsync(database);
        var ids = await rows.AddAsync(
            o => o.Status = OrderStatus.Unknown,
            o => o.Status = OrderStatus.Open,
            o => o.Status = OrderStatus.NotPlaced,
            o => o.Status = OrderStatus.NeedsOperator
        );

        foreach (var id in ids.Take(3))
        {
            var refused = await client.PostAsync($"/api/orders/{id}/not-placed", null);
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("not_in_doubt");
        }

        (await stranger.PostAsync($"/api/orders/{ids[3]}/not-placed", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsync($"/api/orders/{ids[3]}/acknowledge", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsync($"/api/orders/{ids[3]}/executed", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync($"/api/orders/{ids[3]}/executed", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("status=nonsense", "status")]
    [InlineData("status=3", "status")]
    [InlineData("symbol=BTC%00", "symbol")]
    public async Task FilterThatCannotBe_IsNamed(string query, string field)
    {
        var (client, _, _) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.GetAsync("/api/orders?" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<Guid> Ids(JsonElement list) =>
        list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid());

    private async Task<(HttpClient Client, SignalRows Owner, OrderRows Rows)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), owner, new OrderRows(app, owner));
    }
}
