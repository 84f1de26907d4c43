using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Bots.Import;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api.Bots;

[NeedsServer]
public sealed class ImportEndpointsTests(DoorsApp app)
{
    [Fact]
    public async Task Bot_IsShownFirst_AndMadeWhenAsked()
    {
        var (client, account) = await StartAsync();
        var raw = await PostAsync(client, ThreeCommasImportTests.Dca);
        raw.StatusCode.ShouldBe(HttpStatusCode.OK);
        var shown = await raw.Content.ReadFromJsonAsync<JsonElement>();
        (shown.GetProperty("kind").GetString(), shown.GetProperty("symbol").GetString()).ShouldBe(("dca", "ETH/USDT"));
        shown.GetProperty("settings").GetProperty("baseOrder").GetString().ShouldBe("80.0");
        shown.GetProperty("notCarriedOver").GetArrayLength().ShouldBe(0);
        (await BotsAsync(client)).ShouldBe(0);

        var made = await PostAsync(
            client,
            $$"""{"bot":{{ThreeCommasImportTests.Dca}},"accountId":"{{account}}","symbol":"BTC/USDT","create":true}"""
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var bot = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("bot");
        bot.GetProperty("status").GetString().ShouldBe("ready");
        bot.GetProperty("name").GetString().ShouldBe("ETH/USDT Classic trading #15577628");
        made.Headers.Location!.ToString().ShouldBe($"/api/bots/{bot.GetProperty("id").GetGuid()}");

        var grid = await PostAsync(client, $$"""{"bot":{{ThreeCommasImportTests.Grid}},"accountId":"{{account}}","create":true}""");
        grid.StatusCode.ShouldBe(HttpStatusCode.Created, await grid.Content.ReadAsStringAsync());
        (await BotsAsync(client)).ShouldBe(2);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"bot":5}""")]
    [InlineData("""{"bot":{"name":"x"}}""")]
    [InlineData("""{"bot":{"base_order_volume":"much"}}""")]
    [InlineData("""{"bot":{"base_order_volume":1},"accountId":7}""")]
    [InlineData("""{"bot":{"base_order_volume":1,"take_profit":1},"create":"yes"}""")]
    [InlineData("""{"bot":{"base_order_volume":1,"take_profit":1,"pairs":["USDT_BTC"]},"create":true}""")]
    [InlineData("""{"bot":{"base_order_volume":1,"take_profit":0,"pairs":["USDT_BTC"]},"accountId":"ACCOUNT","create":true}""")]
    [InlineData("{")]
    public async Task Wrong_IsToldAndNothingIsMade(string body)
    {
        var (client, account) = await StartAsync();
        var answer = await PostAsync(client, body.Replace("ACCOUNT", account.ToString()));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
        (await BotsAsync(client)).ShouldBe(0);
    }

    [Fact]
    public async Task AnotherUsersAccount_IsNotThere()
    {
        var (_, account) = await StartAsync();
        var (other, _) = await StartAsync();
        var answer = await PostAsync(other, $$"""{"bot":{{ThreeCommasImportTests.Dca}},"accountId":"{{account}}","create":true}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("accountId");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string body) =>
        client.PostAsync("/api/bots/import", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<int> BotsAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/bots")).GetProperty("items").GetArrayLength();

    private async Task<(HttpClient Client, Guid Account)> StartAsync()
    {
        var client = await ApiClient.SignUpAsync(app.Address, $"{Guid.NewGuid():N}@example.org");
        var account = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = "Paper",
                exchange = "paper",
                mode = "paper",
            }
        );
        return (client, account.GetProperty("id").GetGuid());
    }
}
