using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Health;

[NeedsServer]
public sealed class HealthTests
{
    [Fact]
    public async Task EverythingThere_IsReadyPartByPart()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = new AppFactory
        {
            ["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
            ["ConnectionStrings:Redis"] = redis.ConnectionString,
            ["Gateway:Enabled"] = "false",
        };
        using var client = new HttpClient { BaseAddress = app.Address };

        await Until.True(async () => (await AskAsync(client)).State("redis") == "up");
        var (status, report) = await AskAsync(client);

        status.ShouldBe(HttpStatusCode.OK);
        report.GetProperty("status").GetString().ShouldBe("ready");
        State(report, "database").ShouldBe("up");
        State(report, "keyRing").ShouldBe("up");
        State(report, "gateway").ShouldBe("off");
        State(report, "clockDrift").ShouldBe("unknown");
    }

    [Fact]
    public async Task RedisThatGoes_IsDegradedAndStillTakesAlerts()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = new AppFactory { ["ConnectionStrings:Redis"] = redis.ConnectionString, ["Gateway:Enabled"] = "false" };
        using var client = new HttpClient { BaseAddress = app.Address };
        await Until.True(async () => (await AskAsync(client)).State("redis") == "up");

        await redis.StopAsync();

        await Until.True(async () => (await AskAsync(client)).State("redis") == "degraded");
        (await AskAsync(client)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task DatabaseThatGoes_Is503AndSaysSoWithoutItsAddress()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        await using var app = new AppFactory { ["ConnectionStrings:Postgres"] = database, ["Gateway:Enabled"] = "false" };
        using var client = new HttpClient { BaseAddress = app.Address };
        (await AskAsync(client)).Status.ShouldBe(HttpStatusCode.OK);

        await postgres.StopAsync();

        var (status, report) = await AskAsync(client);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        State(report, "database").ShouldBe("down");
        report.GetRawText().ShouldNotContain("127.0.0.1");
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task NodeThatIsMissing_IsDegradedAndReady()
    {
        await using var app = new AppFactory { ["Gateway:NodePath"] = "/nowhere/node" };
        using var client = new HttpClient { BaseAddress = app.Address };

        await Until.True(async () => (await AskAsync(client)).State("gateway") == "degraded");

        (await AskAsync(client)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<Answer> AskAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready");
        return new Answer(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Report)
    {
        public string? State(string part) => HealthTests.State(Report, part);
    }

    private static string? State(JsonElement report, string part) =>
        report.GetProperty("parts").GetProperty(part).GetProperty("state").GetString();
}
