using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Path.IntakeApp;

namespace ExEngine.Tests.Path;

/// <summary>Doors that are locked, rotated, closed, or whose database is away, over HTTP.</summary>
[NeedsServer]
public sealed class IntakeDoorTests(IntakeApps apps) : IClassFixture<IntakeApps>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Fact]
    public async Task IpThatKeepsFailing_ShutsNobodyOutWhoCanProveWhoHeIs()
    {
        await using var app = new AppFactory
        {
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Webhook:Permits"] = "100",
            ["Webhooks:LockoutFailures"] = "3",
        };
        var at = new IntakeApp(app);
        var (trader, door) = await at.DoorAsync("hmac");
        var (_, other) = await at.DoorAsync("hmac", trader);
        var stranger = new Sender(door.Url, "guess", "hmac");

        (await door.SendAsync(Alert("a"))).Status.ShouldBe(HttpStatusCode.Accepted);
        for (var i = 0; i < 3; i++)
        {
            (await stranger.SendAsync(Alert("x"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await door.SendAsync(Alert("b"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await other.SendAsync(Alert("c"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await stranger.SendAsync(Alert("d"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        // Its owner sees what was refused and why, though it left no signal.
        var id = (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks")).GetProperty("items")[1].GetProperty("id").GetString();
        JsonElement refused = default;
        await Until.True(async () =>
            (await trader.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}")).GetProperty("refusedSenders") is var all
            && all.GetArrayLength() == 1
            && (refused = all[0]).GetProperty("count").GetInt64() == 4
        );
        refused.GetProperty("reason").GetString().ShouldBe("signatureWrong");
        refused.GetProperty("lastFrom").GetString().ShouldBe("127.0.0.1");
    }

    /// <summary>Ten alerts with an old secret from an address that others share do not shut the door on the right one.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task OldSecretSentOften_RightSecretFromTheSameAddressPasses(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("secret");
        for (var i = 0; i < 15; i++)
        {
            (await door.SendAsync("""{"secret":"an-old-secret","ticker":"ETHUSDT","action":"exit"}""")).Status.ShouldBe(
                HttpStatusCode.Unauthorized
            );
        }

        (await door.SendAsync("""{"symbol":"BTC/USDT","action":"exit"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await new Sender(door.Url, null, "secret").SendAsync("""{"symbol":"BTC/USDT","action":"exit","n":1}""")).Status.ShouldBe(
            HttpStatusCode.Unauthorized,
            "The URL alone is not enough."
        );
        _ = trader;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task RotatedDoor_TakesBothPairsUntilTheFormerIsEnded(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, former) = await at.DoorAsync("standard");
        var id = (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks")).GetProperty("items")[0].GetProperty("id").GetString();

        (await former.SendAsync(Alert("a"))).Status.ShouldBe(HttpStatusCode.Accepted);
        var next = Sender.At(await DoorsApp.PostAsync(trader, $"/api/webhooks/{id}/rotate", null), at.App.Address, "standard");
        (await former.SendAsync(Alert("b"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await next.SendAsync(Alert("c"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await new Sender(next.Url, former.Secret, "standard").SendAsync(Alert("d"))).Status.ShouldBe(HttpStatusCode.Accepted);

        (await trader.PostAsync($"/api/webhooks/{id}/rotate/end", null)).IsSuccessStatusCode.ShouldBeTrue();
        (await former.SendAsync(Alert("e"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await new Sender(next.Url, former.Secret, "standard").SendAsync(Alert("f"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await next.SendAsync(Alert("g"))).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ClosedDoor_AnswersAsIfItWereUnknown(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");
        var id = (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks")).GetProperty("items")[0].GetProperty("id").GetString();
        (await door.SendAsync(Alert("a"))).Status.ShouldBe(HttpStatusCode.Accepted);

        (await trader.DeleteAsync($"/api/webhooks/{id}")).IsSuccessStatusCode.ShouldBeTrue();

        (await door.SendAsync(Alert("b"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task TurnedAway_IsCountedOnTheWebhook(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");
        await new Sender(door.Url, "guess", "hmac").SendAsync(Alert("x"));
        await new Sender(door.Url, "guess", "hmac").SendAsync(Alert("x"));

        await Until.True(async () =>
            (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks"))
                .GetProperty("items")[0]
                .GetProperty("today")
                .GetProperty("turnedAway")
                .GetInt64() == 2
        );
    }

    [Fact]
    public async Task SecretInTheBody_IsInNoRowAndNoAnswer()
    {
        var at = await apps.OnAsync(TwoDatabases.Sqlite);
        var (trader, door) = await at.DoorAsync("secret");

        var told = await door.SendAsync(
            """{"symbol":"BTC/USDT","action":"S","trade_quantity":"0.001","secret":"S","x":{"y":"S"}}""".Replace(
                "\"S\"",
                $"\"{door.Secret}\"",
                StringComparison.Ordinal
            )
        );

        told.Status.ShouldBe(HttpStatusCode.BadRequest);
        told.Body.ShouldNotContain(door.Secret);
        var row = (await at.RowsAsync(trader)).ShouldHaveSingleItem();
        JsonSerializer.Serialize(row).ShouldNotContain(door.Secret);
        row.Payload.ShouldContain("***");
    }

    [Fact]
    public async Task PostgresThatDoesNotAnswer_IsToldWithin3SecondsAndTheResendIsStoredOnce()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var app = new AppFactory
        {
            ["ConnectionStrings:Postgres"] = await server.CreateDatabaseAsync(),
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Webhook:Permits"] = "100",
        };
        var at = new IntakeApp(app);
        var (trader, door) = await at.DoorAsync("hmac");
        var (_, unseen) = await at.DoorAsync("hmac", trader);
        (await door.SendAsync(Alert("before"))).Status.ShouldBe(HttpStatusCode.Accepted);

        await server.SignalAllAsync("STOP");
        Told[] told;
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            told = await Task.WhenAll(door.SendAsync(Alert("during")), unseen.SendAsync(Alert("during")));
        }
        finally
        {
            await server.SignalAllAsync("CONT");
        }

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        told.ShouldAllBe(t => t.Status == HttpStatusCode.ServiceUnavailable && t.RetryAfter > TimeSpan.Zero && t.Code == "unavailable");
        foreach (var sender in new[] { door, unseen })
        {
            await Until.True(async () => (await sender.SendAsync(Alert("during"))).Status is HttpStatusCode.Accepted or HttpStatusCode.OK);
        }

        (await at.RowsAsync(trader))
            .Select(r => r.DedupeKey![..r.DedupeKey!.LastIndexOf(':')])
            .ShouldBe(["id:before", "id:during", "id:during"], ignoreOrder: true);
    }
}
