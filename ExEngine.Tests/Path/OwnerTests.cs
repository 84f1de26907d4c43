using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Webhooks and people on one account and symbol do not see each other's coins, on both databases (I11).</summary>
[NeedsServer]
public sealed class OwnerTests(ExecutionApps apps) : IClassFixture<ExecutionApps>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task TwoWebhooksOnOneSymbol_EachSellOnlyWhatTheyBought(string database)
    {
        var desk = await Desk.OpenAsync(await apps.OnAsync(database));
        var (a, b) = (await desk.WebhookAsync("Alpha"), await desk.WebhookAsync("Beta"));
        await desk.DoneAsync(a, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.02"}""");

        var stranger = await desk.EndAsync(b, """{"symbol":"BTC/USDT","action":"exit"}""", "refused");
        await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.01"}""");
        var more = await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"sell","trade_quantity":"0.5"}""");

        stranger.GetProperty("code").GetString().ShouldBe("held_by_others");
        stranger.GetProperty("reason").GetString()!.ShouldContain("webhook \"Alpha\" holds 0.01998");
        more.GetProperty("reason").GetString()!.ShouldContain("0.5 BTC were to be sold, and 0.00999 are held");
        (await desk.PositionsAsync()).ShouldBe([("Alpha", 0.01998m), ("Beta", 0m)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WebhooksThatTradeTogether_SellWhatTheOtherBought(string database)
    {
        var desk = await Desk.OpenAsync(await apps.OnAsync(database));
        var a = await desk.WebhookAsync("Alpha");
        var b = await desk.WebhookAsync("Beta", a.Id);
        await desk.DoneAsync(a, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.02"}""");
        await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.01"}""");

        (await desk.PositionsAsync()).ShouldBe([("Alpha", 0.02997m)]);
        await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"exit"}""");

        (await desk.PositionsAsync()).ShouldBe([("Alpha", 0m)]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task PersonSellsByHand_OnlyWhatNoWebhookHolds(string database)
    {
        var desk = await Desk.OpenAsync(await apps.OnAsync(database));
        var a = await desk.WebhookAsync("Alpha");
        await desk.DoneAsync(a, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.02"}""");
        var refused = await desk.OrderAsync("sell", "0.01");
        (await desk.OrderAsync("buy", "0.005")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Until.True(async () => (await desk.PositionsAsync()).Contains((null, 0.004995m)));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("belongs_to_others");
        (await desk.OrderAsync("sell", "0.005")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await desk.OrderAsync("sell", "0.00499")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Until.True(async () => (await desk.PositionsAsync()).Contains((null, 0.000005m)));
        (await desk.PositionsAsync()).ShouldContain(("Alpha", 0.01998m));
    }

    [Fact]
    public async Task WebhookThatHoldsSomething_CannotLeaveItBehind()
    {
        var desk = await Desk.OpenAsync(await apps.OnAsync(TwoDatabases.Sqlite));
        var (a, b) = (await desk.WebhookAsync("Alpha"), await desk.WebhookAsync("Beta"));
        await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.01"}""");

        (await desk.ChangeAsync(b, "Beta", a.Id)).ShouldContain("Close that first");
        await desk.DoneAsync(b, """{"symbol":"BTC/USDT","action":"exit"}""");
        (await desk.ChangeAsync(b, "Beta", a.Id)).ShouldContain($"\"tradesWith\":\"{a.Id}\"");
        (await desk.ChangeAsync(a, "Alpha", b.Id)).ShouldContain("Beta trades together with this webhook");
        (await desk.ChangeAsync(b, "Beta", null)).ShouldContain($"\"tradesWith\":\"{a.Id}\"", Case.Sensitive, "What is left out stays.");
        (await desk.ChangeAsync(b, "Beta", b.Id)).ShouldNotContain("tradesWith");
        (await desk.ChangeAsync(b, "Beta", Guid.NewGuid())).ShouldContain("on the same account");
    }

    private sealed record Hook(Guid Id, Sender Door);

    /// <summary>One trader with one paper account.</summary>
    private sealed class Desk(IntakeApp app, HttpClient trader, string accountId)
    {
        public static async Task<Desk> OpenAsync(IntakeApp app)
        {
            var trader = await ApiClient.SignUpAsync(app.App.Address, $"{Guid.NewGuid():N}@example.org");
            return new Desk(app, trader, await DoorsApp.PaperAccountAsync(trader));
        }

        public async Task<Hook> WebhookAsync(string name, Guid? tradesWith = null)
        {
            var made = await DoorsApp.PostAsync(trader, "/api/webhooks", Body(name, tradesWith));
            return new Hook(made.GetProperty("id").GetGuid(), Sender.At(made, app.App.Address));
        }

        public async Task<string> ChangeAsync(Hook hook, string name, Guid? tradesWith) =>
            await (await trader.PutAsJsonAsync($"/api/webhooks/{hook.Id}", Body(name, tradesWith))).Content.ReadAsStringAsync();

        public Task<JsonElement> DoneAsync(Hook hook, string body) => EndAsync(hook, body, "done");

        public async Task<JsonElement> EndAsync(Hook hook, string body, string status)
        {
            var id = (await hook.Door.SendAsync(body)).Id;
            JsonElement signal = default;
            await Until.True(async () =>
            {
                signal = await trader.GetFromJsonAsync<JsonElement>($"/api/signals/{id}");
                return signal.GetProperty("status").GetString() == status;
            });
            return signal;
        }

        public Task<HttpResponseMessage> OrderAsync(string side, string quantity) =>
            trader.PostAsJsonAsync(
                "/api/orders",
                new
                {
                    accountId,
                    symbol = "BTC/USDT",
                    side,
                    type = "market",
                    quantity,
                }
            );

        /// <returns>Name of the owner, null for the person, and what can be sold of it or was left as dust.</returns>
        public async Task<IReadOnlyList<(string? Owner, decimal Quantity)>> PositionsAsync()
        {
            var list = await trader.GetFromJsonAsync<JsonElement>("/api/positions");
            return
            [
                .. list.GetProperty("items")
                    .EnumerateArray()
                    .Select(p =>
                        (
                            p.GetProperty("owner").TryGetProperty("name", out var name) ? name.GetString() : null,
                            decimal.Parse(p.GetProperty("quantity").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
                        )
                    ),
            ];
        }

        private object Body(string name, Guid? tradesWith) =>
            new
            {
                name,
                accountId,
                auth = "secret",
                tradesWith,
            };
    }
}
