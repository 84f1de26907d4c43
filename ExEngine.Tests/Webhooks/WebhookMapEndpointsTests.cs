using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

/// <summary>The custom preset over REST: stored, validated, used by the webhook, and tried out before it is saved.</summary>
[NeedsServer]
public sealed class WebhookMapEndpointsTests(DoorsApp app)
{
    private const string Map =
        """{"symbol":"$.data.pair","action":{"path":"$.side","values":{"long":"buy"}},"quantity":"$.data.n","orderType":"=market"}""";

    private static readonly JsonElement MapJson = JsonSerializer.Deserialize<JsonElement>(Map);

    [Fact]
    public async Task Map_ComesBackAsItWasSentAndStaysWhenLeftOut()
    {
        var client = await app.SignUpAsync();
        var created = await DoorsApp.WebhookAsync(client, "secret", new { preset = "custom", map = MapJson });
        var id = created.GetProperty("id").GetString();
        created.GetProperty("map").GetRawText().ShouldBe(Map);

        var answer = await client.PutAsJsonAsync(
            $"/api/webhooks/{id}",
            new { name = created.GetProperty("name").GetString(), accountId = created.GetProperty("accountId").GetString() }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var webhook = await client.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");
        webhook.GetProperty("preset").GetString().ShouldBe("custom");
        webhook.GetProperty("map").GetRawText().ShouldBe(Map);
    }

    [Fact]
    public async Task BodyOfTheSendersOwnMaking_PassesTheDoorByItsMap()
    {
        var client = await app.SignUpAsync();
        var webhook = await DoorsApp.WebhookAsync(client, "url", new { preset = "custom", map = MapJson });
        using var sender = new HttpClient();

        var answer = await sender.PostAsync(
            webhook.GetProperty("url").GetString(),
            new StringContent("""{"data":{"pair":"BTC/USDT","n":"0.00100"},"side":"Long"}""", Encoding.UTF8, "application/json")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var signal = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var story = await client.GetFromJsonAsync<JsonElement>($"/api/signals/{signal}");
        story.GetProperty("preset").GetString().ShouldBe("custom");
        story.GetProperty("draft").GetProperty("quantity").GetString().ShouldBe("0.00100");

        var test = await DoorsApp.PostAsync(client, $"/api/webhooks/{webhook.GetProperty("id").GetString()}/test", new { });
        test.GetProperty("status").GetInt32().ShouldBe(202);
        test.GetProperty("request").GetString()!.ShouldContain("\"side\":\"long\"");
    }

    [Theory]
    [InlineData("null", "needs a map")]
    [InlineData("[]", "The map is an object")]
    [InlineData("""{"action":"=buy","sybol":"$.p"}""", "allowed are symbol, action")]
    [InlineData("""{"action":"$..side"}""", "unclear from character 2")]
    public async Task MapThatIsWrong_IsRefusedWithItsReason(string map, string reason)
    {
        var client = await app.SignUpAsync();
        var account = await DoorsApp.PaperAccountAsync(client);

        var answer = await client.PostAsJsonAsync(
            "/api/webhooks",
            new
            {
                name = "Mine",
                accountId = account,
                preset = "custom",
                map = JsonSerializer.Deserialize<JsonElement>(map),
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("errors")
            .GetProperty("map")[0]
            .GetString()!
            .ShouldContain(reason);
    }

    [Fact]
    public async Task Preview_AnswersTheDraftAndTheChecks()
    {
        var client = await app.SignUpAsync();
        var account = await DoorsApp.PaperAccountAsync(client);

        var preview = await DoorsApp.PostAsync(
            client,
            "/api/webhooks/preview",
            new
            {
                preset = "custom",
                map = MapJson,
                accountId = account,
                sample = """{"data":{"pair":"BTCUSDT","n":"0.0000001"},"side":"long","secret":"x","more":1.10}""",
            }
        );

        preview.GetProperty("status").GetString().ShouldBe("refused");
        preview.GetProperty("refusal").GetProperty("field").GetString().ShouldBe("quantity");
        preview.GetProperty("draft").GetProperty("action").GetString().ShouldBe("buy");
        preview.GetProperty("draft").GetProperty("extras").GetRawText().ShouldBe("""{"more":"1.10"}""");
        preview.GetProperty("checks").GetArrayLength().ShouldBeGreaterThan(0);
        (await client.GetFromJsonAsync<JsonElement>("/api/signals")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task PreviewOfAuto_SaysWhoseWordsTheyAre()
    {
        var client = await app.SignUpAsync();

        var preview = await DoorsApp.PostAsync(
            client,
            "/api/webhooks/preview",
            new { sample = """{"action":"ENTER_LONG","instrument":"BTC-USDT","amount":"1"}""" }
        );

        preview.GetProperty("preset").GetString().ShouldBe("okx");
        preview.GetProperty("errors").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"preset":"custom","sample":"{}"}""", "map")]
    [InlineData("""{"preset":"custom","map":{"action":"hold"},"sample":"{}"}""", "map.action")]
    [InlineData("""{"preset":"mine","sample":"{}"}""", "preset")]
    [InlineData("""{"preset":"custom","map":{"action":"$.side","symbol":"=BTC/USDT"},"sample":"{}"}""", "action")]
    [InlineData("""{}""", "")]
    public async Task PreviewOfWhatIsWrong_NamesItsField(string ask, string field)
    {
        var client = await app.SignUpAsync();

        var preview = await DoorsApp.PostAsync(client, "/api/webhooks/preview", JsonSerializer.Deserialize<JsonElement>(ask));

        preview.GetProperty("status").GetString().ShouldBe("refused");
        preview.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task PreviewOnSomeoneElsesAccount_ChecksNoRuleOfIts()
    {
        var account = await DoorsApp.PaperAccountAsync(await app.SignUpAsync());

        var preview = await DoorsApp.PostAsync(
            await app.SignUpAsync(),
            "/api/webhooks/preview",
            new { accountId = account, sample = "buy BTC/USDT 0.0000001" }
        );

        preview.GetProperty("checks").GetArrayLength().ShouldBe(0);
    }
}
