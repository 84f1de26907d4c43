using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class HoldingEndpointsTests(DoorsApp app)
{
    [Fact]
    public async Task CoinsThatNoPositionHolds_AreAssignedAtACostAndWrittenOff()
    {
        using var trader = await app.SignUpAsync();
        var account = await AccountAsync(trader);

        (await HoldingsAsync(trader, account)).ShouldBe([("BTC", 1m, 0m, 1m), ("USDT", 10000m, 0m, 10000m)]);
        var assigned = await DoorsApp.PostAsync(
            trader,
            $"/api/accounts/{account}/holdings/BTC/assign",
            new
            {
                manual = true,
                quantity = "0.4",
                cost = "20000",
            }
        );
        var id = assigned.GetProperty("positionId").GetString();
        var position = (await trader.GetFromJsonAsync<JsonElement>($"/api/positions/{id}")).GetProperty("position");
        (
            Text(position, "averageEntry"),
            Text(position, "quantity"),
            position.GetProperty("owner").GetProperty("kind").GetString()
        ).ShouldBe(("50000", "0.4", "manual"));
        await CodeAsync(
            trader,
            account,
            "assign",
            new
            {
                manual = true,
                quantity = "0.7",
                cost = "1",
            },
            "not_unassigned"
        );
        await CodeAsync(trader, account, "write-off", new { positionId = id, quantity = "0.5" }, "more_than_held");
        await CodeAsync(trader, account, "assign", new { quantity = "0.1" }, "validation_failed");
        await DoorsApp.PostAsync(trader, $"/api/accounts/{account}/holdings/BTC/write-off", new { positionId = id, quantity = "0.1" });

        position = (await trader.GetFromJsonAsync<JsonElement>($"/api/positions/{id}")).GetProperty("position");
        (Number(position, "quantity"), Number(position, "entryCost"), Number(position, "realizedProfit")).ShouldBe((0.3m, 15000m, 0m));
        (await HoldingsAsync(trader, account))[0].ShouldBe(("BTC", 1m, 0.3m, 0.7m));
    }

    [Fact]
    public async Task HoldingsOfAnotherUser_AreNotFound()
    {
        using var trader = await app.SignUpAsync();
        var account = await AccountAsync(trader);
        using var stranger = await app.SignUpAsync();

        (await stranger.GetAsync($"/api/accounts/{account}/holdings")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (
            await stranger.PostAsJsonAsync(
                $"/api/accounts/{account}/holdings/BTC/assign",
                new
                {
                    manual = true,
                    quantity = "0.1",
                    cost = "1",
                }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task CodeAsync(HttpClient trader, string account, string act, object body, string code)
    {
        var answer = await trader.PostAsJsonAsync($"/api/accounts/{account}/holdings/BTC/{act}", body);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }

    private static async Task<string> AccountAsync(HttpClient trader) => (
            await DoorsApp.PostAsync(
                trader,
                "/api/accounts",
                new
                {
                    name = "Paper one",
                    exchange = "paper",
                    mode = "paper",
                    paperBalances = new Dictionary<string, string> { ["USDT"] = "10000", ["BTC"] = "1" },
                }
            )
        ).GetProperty("id").GetString()!;

    private static async Task<IReadOnlyList<(string, decimal, decimal, decimal)>> HoldingsAsync(HttpClient trader, string account)
    {
        var list = await trader.GetFromJsonAsync<JsonElement>($"/api/accounts/{account}/holdings");
        return
        [
            .. list.GetProperty("items")
                .EnumerateArray()
                .Select(h => (Text(h, "asset"), Number(h, "exchange"), Number(h, "positions"), Number(h, "unassigned"))),
        ];
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement row, string name) => decimal.Parse(Text(row, name), CultureInfo.InvariantCulture);
}
