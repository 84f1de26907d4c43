using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class SignalEndpointsTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    [Fact]
    public async Task List_ReadsOnByCursorAndFilters()
    {
        var (client, rows) = await StartAsync();
        var ids = await rows.AddAsync(_ => { }, s => s.Status = SignalStatus.Refused, _ => { });

        var first = await client.GetFromJsonAsync<JsonElement>("/api/signals?limit=2");
        var second = await client.GetFromJsonAsync<JsonElement>(
            $"/api/signals?limit=2&cursor={first.GetProperty("nextCursor").GetString()}"
        );
        var refused = await client.GetFromJsonAsync<JsonElement>($"/api/signals?status=refused&webhookId={rows.WebhookId}&symbol=btc");

        Ids(first).ShouldBe([ids[2], ids[1]]);
        Ids(second).ShouldBe([ids[0]]);
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(refused).ShouldBe([ids[1]]);
    }

    [Theory]
    [InlineData("status=nonsense", "status")]
    [InlineData("status=3", "status")]
    [InlineData("symbol=BTC%00", "symbol")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    public async Task FilterThatCannotBe_IsNamed(string query, string field)
    {
        var (client, _) = await StartAsync();

        var answer = await client.GetAsync("/api/signals?" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Story_HasPayloadOrdersAndTheTimelineToTheFill()
    {
        var (client, rows) = await StartAsync();
        var ids = await rows.AddAsync(1);
        var orders = await new OrderRows(await databases.OnAsync(TwoDatabases.Sqlite), rows).AddAsync(
            o =>
                (o.Origin, o.OriginId, o.Status, o.FilledQuantity, o.ExecutedCost) = (
                    OrderOrigin.Signal,
                    ids[0],
                    OrderStatus.Filled,
                    0.01m,
                    600.7022m
                ),
            _ => { }
        );

        var story = await client.GetFromJsonAsync<JsonElement>($"/api/signals/{ids[0]}");

        story.GetProperty("payload").GetString()!.ShouldContain("trade_quantity");
        story.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("id").GetGuid()).ShouldBe([orders[0]]);
        story.GetProperty("orders")[0].GetProperty("slippage").GetProperty("percent").GetString().ShouldBe("0.1000");
        var steps = story
            .GetProperty("timeline")
            .EnumerateArray()
            .Select(s => (s.GetProperty("step").GetString(), s.GetProperty("ms").GetDouble()))
            .ToList();
        steps[..3].ShouldBe([("received", 0), ("authenticated", 1), ("stored", 3)]);
        steps[3..].Select(s => s.Item1).ShouldBe(["planned", "sent", "open", "filled"]);
        steps[4..].ShouldAllBe(s => s.Item2 == 20);
        story.GetProperty("latencyMs").GetDouble().ShouldBe(4);
    }

    [Fact]
    public async Task Replay_ChecksAgainAndStoresNothing()
    {
        var (client, rows) = await StartAsync();
        var ids = await rows.AddAsync(s =>
            s.Payload = """{"symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"60000.105","trade_quantity":"0.001"}"""
        );

        var answer = await ApiClient.SucceedAsync(await client.PostAsync($"/api/signals/{ids[0]}/replay", null));

        answer.GetProperty("status").GetString().ShouldBe("refused");
        answer.GetProperty("refusal").GetProperty("code").GetString().ShouldBe("price_off_tick");
        Ids(await client.GetFromJsonAsync<JsonElement>("/api/signals")).ShouldBe(ids);
    }

    [Fact]
    public async Task AnothersSignal_DoesNotExist()
    {
        var (_, rows) = await StartAsync();
        var (stranger, _) = await StartAsync();
        var ids = await rows.AddAsync(1);

        (await stranger.GetAsync($"/api/signals/{ids[0]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsync($"/api/signals/{ids[0]}/replay", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetStringAsync("/api/signals/export")).ShouldNotContain(ids[0].ToString());
    }

    [Fact]
    public async Task Export_IsTheFilteredSetAndNoFormula()
    {
        var (client, rows) = await StartAsync();
        await rows.AddAsync(
            s => (s.Symbol, s.Reason, s.Status) = ("=HYPERLINK(\"http://evil\")", "one, \"two\"\nthree", SignalStatus.Refused),
            s => s.Symbol = "ETH/USDT"
        );
        await rows.AddAsync(Enumerable.Repeat<Action<Signal>>(s => s.Status = SignalStatus.Refused, 700));

        var answer = await client.GetAsync("/api/signals/export?status=refused");
        var text = await answer.Content.ReadAsStringAsync();

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("signals-");
        text.ShouldStartWith("id,receivedAt,webhook,symbol,action,size,status,code,reason,latencyMs,preset");
        text.ShouldContain("'=HYPERLINK");
        text.ShouldNotContain(",=HYPERLINK");
        text.ShouldContain("\"one, \"\"two\"\"\nthree\"");
        text.ShouldNotContain("ETH/USDT");
        text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(702);
    }

    private static IEnumerable<Guid> Ids(JsonElement list) =>
        list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid());

    private async Task<(HttpClient Client, SignalRows Rows)> StartAsync()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);
        await rows.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, rows.Email), rows);
    }
}
