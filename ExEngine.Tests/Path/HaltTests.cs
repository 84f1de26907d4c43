using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>The trading state stops signals and buttons alike, on both databases.</summary>
[NeedsServer]
public sealed class HaltTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Halted_NothingIsSent(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, door) = await app.DoorAsync("secret");
        await SetStateAsync(trader, "halted");

        (await door.SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01"}""")).Status.ShouldBe(
            HttpStatusCode.Accepted
        );
        await Until.True(async () => (await app.RowsAsync(trader))[0].Status == SignalStatus.Refused);
        var button = await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "buy"));

        (await app.RowsAsync(trader))[0].Code.ShouldBe("trading_halted");
        button.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await button.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("trading_halted");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task ReduceOnly_SellsAndDoesNotBuy(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, _) = await app.DoorAsync("secret");
        (await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "buy", "0.01"))).EnsureSuccessStatusCode();
        await Until.True(async () =>
            (await trader.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items").GetArrayLength() == 1
        );
        await SetStateAsync(trader, "reduceOnly");

        var buy = await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "buy"));
        var sell = await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "sell"));

        (await buy.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("reduce_only");
        sell.IsSuccessStatusCode.ShouldBeTrue(await sell.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Halted_ExitsAndClosesPass_AndReduceOnlySellsNoMoreThanIsHeld(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, door) = await app.DoorAsync("secret");
        await door.SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01"}""");
        (await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "buy", "0.01"))).EnsureSuccessStatusCode();
        await Until.True(async () => (await OpenAsync(trader)).GetArrayLength() == 2);
        await SetStateAsync(trader, "halted");

        var tooMuch = await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "sell", "0.5", reduceOnly: true));
        var refusal = (await tooMuch.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusal");
        await door.SendAsync("""{"symbol":"BTC/USDT","action":"exit"}""");
        await Until.True(async () => (await OpenAsync(trader)).GetArrayLength() == 1);
        var sell = await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "sell", "0.001"));
        var id = (await OpenAsync(trader))[0].GetProperty("id").GetString();
        (await trader.PostAsync($"/api/positions/{id}/close", null)).EnsureSuccessStatusCode();

        await Until.True(async () => (await OpenAsync(trader)).GetArrayLength() == 0);
        tooMuch.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (
            refusal.GetProperty("code").GetString(),
            refusal.GetProperty("asked").GetString(),
            refusal.GetProperty("limit").GetString()
        ).ShouldBe(("not_held", "0.5", "0.00999"));
        sell.IsSuccessStatusCode.ShouldBeTrue(await sell.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task HaltOfProtectionToo_CloseIsRefusedWhereItWasPressed(string database)
    {
        var app = await apps.OnAsync(database);
        var (trader, _) = await app.DoorAsync("secret");
        (await trader.PostAsJsonAsync("/api/orders", await MarketOrderAsync(trader, "buy", "0.01"))).EnsureSuccessStatusCode();
        await Until.True(async () => (await OpenAsync(trader)).GetArrayLength() == 1);
        (await trader.PutAsJsonAsync("/api/risk", new { state = "halted", haltProtection = true })).EnsureSuccessStatusCode();
        var id = (await OpenAsync(trader))[0].GetProperty("id").GetString();

        (await trader.PostAsync($"/api/positions/{id}/close", null)).EnsureSuccessStatusCode();

        await Until.True(async () => (await OpenAsync(trader))[0].TryGetProperty("closeCode", out _));
        var position = (await OpenAsync(trader))[0];
        position.GetProperty("closeCode").GetString().ShouldBe("trading_halted");
        position.GetProperty("closeReason").GetString()!.ShouldContain("protection and closes too");
        position.TryGetProperty("closingPercent", out _).ShouldBeFalse();
    }

    private static async Task<JsonElement> OpenAsync(HttpClient trader) =>
        (await trader.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items");

    private static async Task SetStateAsync(HttpClient trader, string state) =>
        (await trader.PutAsJsonAsync("/api/risk", new { state })).EnsureSuccessStatusCode();

    private static async Task<object> MarketOrderAsync(HttpClient trader, string side, string quantity = "0.001", bool? reduceOnly = null)
    {
        var accounts = await trader.GetFromJsonAsync<JsonElement>("/api/accounts");
        return new
        {
            accountId = accounts.GetProperty("items")[0].GetProperty("id").GetString(),
            symbol = "BTC/USDT",
            side,
            type = "market",
            quantity,
            reduceOnly,
        };
    }
}
