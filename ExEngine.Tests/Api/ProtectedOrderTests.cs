using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Protection;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

/// <summary>An order and the protection of what it buys are stored together, or neither is.</summary>
[NeedsServer]
public sealed class ProtectedOrderTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Protection_WaitsWithTheOrderForItsFirstFill(string database)
    {
        var (client, owner) = await StartAsync(database);

        var first = await PlaceAsync(client, owner, new { stopLoss = new { percent = "2" } }, "first");
        (await PlaceAsync(client, owner, new { stopLoss = new { percent = "2" } }, "first")).Id.ShouldBe(first.Id);
        await PlaceAsync(client, owner, new { takeProfits = new[] { new { price = "900000" } } }, "second");

        await using var db = await owner.DatabaseAsync();
        var orders = await db.Orders.Where(o => o.UserId == owner.UserId).OrderBy(o => o.Id).ToListAsync();
        var plan = ProtectionPlan.Read((await db.Positions.SingleAsync(p => p.UserId == owner.UserId)).Protection)!;
        orders.Select(o => o.Leg).ShouldBe([ProtectionPlan.Entry, ProtectionPlan.Entry]);
        (plan.IsArmed, plan.Id, plan.StopLoss).ShouldBe((true, orders[1].OriginId, null));
        plan.TakeProfits.Single().Price.ShouldBe(900_000m);
        (plan.Former!.IsArmed, plan.Former.Id, plan.Former.StopLoss!.Percent).ShouldBe((true, orders[0].OriginId, 2m));
        plan.InForce.ShouldBeNull("nothing is bought yet");
    }

    [Theory]
    [InlineData("limit", "60000", """{"stopLoss":{"price":"60000"}}""", "stop_not_below_market")]
    [InlineData("limit", "60000", """{"takeProfits":[{"price":"59999"}]}""", "target_not_above_market")]
    [InlineData("market", null, """{"stopLoss":{"price":"900000"}}""", "stop_not_below_market")]
    public async Task StopOrTargetOnTheWrongSideOfTheEntry_IsRefused(string type, string? price, string protection, string code)
    {
        var (client, owner) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.PostAsJsonAsync("/api/orders", Body(owner, "buy", type, price, JsonElement.Parse(protection)));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
        await ShouldHaveStoredNothingAsync(owner);
    }

    [Theory]
    [InlineData("buy", """{"stopLoss":{"percent":"-1"}}""", "protection.stopLoss.percent")]
    [InlineData("buy", """{"takeProfits":[{"share":"50"}]}""", "protection.takeProfits[0].percent")]
    [InlineData("sell", """{"stopLoss":{"percent":"2"}}""", "protection")]
    public async Task ProtectionThatCannotBe_IsNamed(string side, string protection, string field)
    {
        var (client, owner) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.PostAsJsonAsync("/api/orders", Body(owner, side, "market", null, JsonElement.Parse(protection)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(e => e.Name).ShouldContain(n => n.Equals(field, StringComparison.OrdinalIgnoreCase));
        await ShouldHaveStoredNothingAsync(owner);
    }

    [Fact]
    public async Task CostThatIsWorthMoreCoinsThanANumberHolds_IsRefusedAndNoFault()
    {
        var (client, owner) = await StartAsync(TwoDatabases.Sqlite);

        var answer = await client.PostAsJsonAsync(
            "/api/orders",
            new
            {
                accountId = owner.AccountId,
                symbol = "SHIB/USDT",
                side = "buy",
                type = "limit",
                price = "0.00000001",
                cost = "9999999999999999999999999999",
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task ShouldHaveStoredNothingAsync(SignalRows owner)
    {
        await using var db = await owner.DatabaseAsync();
        (await db.Orders.AnyAsync(o => o.UserId == owner.UserId)).ShouldBeFalse();
        (await db.Positions.AnyAsync(p => p.UserId == owner.UserId)).ShouldBeFalse();
    }

    private static async Task<(string Id, JsonElement Answer)> PlaceAsync(
        HttpClient client,
        SignalRows owner,
        object protection,
        string key
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = JsonContent.Create(Body(owner, "buy", "limit", "60000", protection)),
        };
        request.Headers.Add("Idempotency-Key", key);
        var answer = await ApiClient.SucceedAsync(await client.SendAsync(request));
        return (answer.GetProperty("id").GetString()!, answer);
    }

    private static object Body(SignalRows owner, string side, string type, string? price, object protection) =>
        new
        {
            accountId = owner.AccountId,
            symbol = "BTC/USDT",
            side,
            type,
            price,
            quantity = "0.001",
            protection,
        };

    private async Task<(HttpClient Client, SignalRows Owner)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), owner);
    }
}
