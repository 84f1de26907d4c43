using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Path.IntakeApp;

namespace ExEngine.Tests.Path;

/// <summary>The whole table of answers, over HTTP, on both databases.</summary>
[NeedsServer]
public sealed class IntakeTests(IntakeApps apps) : IClassFixture<IntakeApps>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    public static TheoryData<string, string> DatabasesAndModes
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var mode in new[] { "standard", "hmac", "secret" })
            {
                all.Add(TwoDatabases.Sqlite, mode);
                all.Add(TwoDatabases.Postgres, mode);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(DatabasesAndModes))]
    public async Task SignedAlert_IsAcceptedAndTheSameAgainNamesTheFirst(string database, string auth)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync(auth);

        var first = await door.SendAsync(Alert("abc-1"));
        var again = await door.SendAsync(Alert("abc-1"));

        (first.Status, first.Word, first.MediaType).ShouldBe((HttpStatusCode.Accepted, "accepted", "application/json"));
        (again.Status, again.Word, again.Id).ShouldBe((HttpStatusCode.OK, "duplicate", first.Id));
        var signal = await trader.GetFromJsonAsync<JsonElement>($"/api/signals/{first.Id}");
        signal.GetProperty("status").GetString().ShouldBe("accepted");
        signal.GetProperty("symbol").GetString().ShouldBe("BTC/USDT");
        signal.GetProperty("size").GetString().ShouldBe("0.001 BTC");
        signal.GetProperty("draft").GetProperty("price").GetString().ShouldBe("60000.10");
        signal.GetProperty("checks").EnumerateArray().ShouldAllBe(c => c.GetProperty("passed").GetBoolean());
        (await at.RowsAsync(trader)).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PriceOnePercentOffTheTick_IsRefusedWithItsNumbersAndKept(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");

        var told = await door.SendAsync(Alert("abc-1", price: "60000.1001", amount: "60.0001001"));

        (told.Status, told.Code, told.MediaType).ShouldBe(
            (HttpStatusCode.UnprocessableEntity, "price_off_tick", "application/problem+json")
        );
        told.Json.GetProperty("field").GetString().ShouldBe("price");
        told.Json.GetProperty("asked").GetString().ShouldBe("60000.1001");
        told.Json.GetProperty("limit").GetString().ShouldBe("0.01");
        told.Json.GetProperty("nearest").EnumerateArray().Select(n => n.GetString()).ShouldBe(["60000.10", "60000.11"]);
        var row = (await at.RowsAsync(trader)).ShouldHaveSingleItem();
        (row.Id, row.Status, row.Code, row.DedupeKey).ShouldBe((told.Id, SignalStatus.Refused, "price_off_tick", null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task CorrectedResend_IsNoDuplicateOfTheRefusedOne(string database)
    {
        var at = await apps.OnAsync(database);
        var (_, door) = await at.DoorAsync("standard");

        (await door.SendAsync(Alert("abc-1", quantity: "0.0000001"), id: "msg_1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await door.SendAsync(Alert("abc-1"), id: "msg_1")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await door.SendAsync(Alert("abc-1"), id: "msg_1")).Word.ShouldBe("duplicate");
        (await door.SendAsync(Alert("abc-1", quantity: "0.0000001"), id: "msg_1")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("60000.10", "0.001", "61", "amounts_disagree")]
    [InlineData("60000.10", "0.0000101", "0.60600101", "quantity_off_step")]
    [InlineData("60000.10", "0.00001", "0.600001", "cost_too_low")]
    [InlineData("1000000.01", "0.001", "1000.00001", "price_too_high")]
    public async Task EachMarketRule_HasItsCode(string price, string quantity, string amount, string code)
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");

        var told = await door.SendAsync(Alert("abc-1", price, quantity, amount));

        (told.Status, told.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, code));
    }

    [Fact]
    public async Task UnknownSymbol_IsRefusedWithNearOnes()
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");

        var told = await door.SendAsync("buy BTC/USDX 0.001");

        (told.Status, told.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "symbol_unknown"));
        told.Json.GetProperty("nearest").EnumerateArray().Select(n => n.GetString()).ShouldContain("BTC/USDT");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task EveryWayToFailAuthentication_HasOneAnswerAndNoRow(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, standard) = await at.DoorAsync("standard");
        var (_, hmac) = await at.DoorAsync("hmac", trader);
        var (_, secret) = await at.DoorAsync("secret", trader);
        var elsewhere = await at.DoorAsync("hmac", trader, new { allowedIps = (List<string>)["192.0.2.0/24"] });

        Told[] answers =
        [
            await new Sender(new Uri(at.App.Address, "/hooks/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").ToString(), "x", "hmac").SendAsync(
                Alert("a")
            ),
            await new Sender(new Uri(at.App.Address, "/hooks/%F0%9F%9A%80").ToString(), "x", "hmac").SendAsync(Alert("a")),
            await standard.SendAsync(Alert("a"), by: TimeSpan.FromSeconds(301.5)),
            await standard.SendAsync(Alert("a"), by: TimeSpan.FromSeconds(-301.5)),
            await standard.SendAsync(Alert("a"), id: new string('x', 129)),
            await standard.SendAsync(Alert("a"), change: r => r.Headers.Remove("webhook-id")),
            await hmac.SendAsync(Alert("a"), change: r => r.Content = new StringContent(Alert("b"))),
            await hmac.SendAsync(Alert("a"), change: r => r.Headers.Remove("X-Hub-Signature-256")),
            await new Sender(hmac.Url, standard.Secret, "hmac").SendAsync(Alert("a")),
            await secret.SendAsync("""{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","secret":"wrong"}"""),
            await elsewhere.Door.SendAsync(Alert("a")),
        ];

        answers.ShouldAllBe(a =>
            a.Status == HttpStatusCode.Unauthorized && a.Body == answers[0].Body && a.MediaType == "application/problem+json"
        );
        (await at.RowsAsync(trader)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClockWithinTheTolerance_IsAccepted()
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("standard");

        (await door.SendAsync(Alert("a"), by: TimeSpan.FromSeconds(290))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await door.SendAsync(Alert("b"), by: TimeSpan.FromSeconds(-290))).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BodyOf64KiB_IsTakenAndOneByteMoreIsNot(bool chunked)
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");
        var (start, end) = ("""{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","note":" """, "\"}");
        string OfLength(int bytes) => start + new string('x', bytes - start.Length - end.Length) + end;

        (await door.SendAsync(OfLength(65_536), chunked: chunked)).Status.ShouldBe(HttpStatusCode.Accepted);
        var over = await door.SendAsync(OfLength(65_537), chunked: chunked);

        (over.Status, over.Code).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too_large"));
    }

    [Theory]
    [InlineData("other", "hmac", HttpStatusCode.TooManyRequests)]
    [InlineData("tradingView", "secret", HttpStatusCode.ServiceUnavailable)]
    public async Task ThirdWithinFiveSeconds_IsToldWhenToComeAgain(string sender, string auth, HttpStatusCode status)
    {
        await using var app = new AppFactory { ["Users:HashMemoryKib"] = "1024" };
        var at = new IntakeApp(app);
        var (trader, door) = await at.DoorAsync(auth, more: new { sender, allowedIps = Array.Empty<string>() });

        (await door.SendAsync(Alert("a"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await door.SendAsync(Alert("b"))).Status.ShouldBe(HttpStatusCode.Accepted);
        var third = await door.SendAsync(Alert("c"));

        (third.Status, third.Code).ShouldBe((status, "rate_limited"));
        third.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(1, 5);
        (await at.RowsAsync(trader)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task AlertOlderThanTheMaxLag_IsKeptAsStale(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");
        var old = TimeProvider.System.GetUtcNow().AddSeconds(-310).ToUnixTimeSeconds();
        var recent = TimeProvider.System.GetUtcNow().AddSeconds(-280).ToUnixTimeSeconds();

        var told = await door.SendAsync($$"""{"symbol":"BTC/USDT","action":"exit","time":{{old}}}""");
        (await door.SendAsync($$"""{"symbol":"BTC/USDT","action":"exit","time":{{recent}}}""")).Status.ShouldBe(HttpStatusCode.Accepted);

        (told.Status, told.Word).ShouldBe((HttpStatusCode.OK, "stale"));
        (await at.RowsAsync(trader)).Single(r => r.Id == told.Id).Status.ShouldBe(SignalStatus.Stale);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PayloadThatIsNotUnderstood_IsKeptAndEveryFieldNamed(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");

        var told = await door.SendAsync("""{"action":"hold","trade_quantity":"NaN","trade_price":"{{close}}"}""");
        var broken = await door.SendAsync("""{"action":"buy","price":NaN}""");

        (told.Status, told.Code).ShouldBe((HttpStatusCode.BadRequest, "payload_invalid"));
        told.Json.GetProperty("errors")
            .EnumerateObject()
            .Select(e => e.Name)
            .ShouldBe(["action", "trade_quantity", "trade_price", "symbol"], ignoreOrder: true);
        broken.Status.ShouldBe(HttpStatusCode.BadRequest);
        var rows = await at.RowsAsync(trader);
        rows.Select(r => r.Id).ShouldBe([told.Id, broken.Id], ignoreOrder: true);
        rows.ShouldAllBe(r => r.Status == SignalStatus.Refused && r.Code == "payload_invalid");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task TextThatNoDatabaseLikes_IsAnsweredLikeAnyOther(string database)
    {
        var at = await apps.OnAsync(database);
        var (trader, door) = await at.DoorAsync("hmac");
        var emoji = new string('x', 39) + string.Concat(Enumerable.Repeat("🚀", 40));
        string[] bodies =
        [
            """{"symbol":"A\u0000/B\u0000","action":"buy","trade_quantity":"1","id":"nul\u0000"}""",
            $$"""{"symbol":"{{emoji}}/X","action":"buy","trade_quantity":"1","id":"{{emoji}}"}""",
            $$"""{"symbol":"BTC/USDT","action":"{{emoji}}","trade_quantity":"{{emoji}}","note":"{{string.Concat(Enumerable.Repeat(emoji, 9))}}"}""",
            $"{emoji} BTC/USDT {emoji}",
            "buy \0 1",
            "{\"symbol\":\"BTC/USDT\",\"action\":\"\0\"}",
            """{"\ud800":"\udc00","symbol":"BTC/USDT","action":"buy"}""",
        ];

        foreach (var body in bodies)
        {
            var told = await door.SendAsync(body);
            ((int)told.Status).ShouldBeInRange(400, 422, body);
        }

        (await at.RowsAsync(trader)).Count.ShouldBe(bodies.Length);
    }

    [Fact]
    public async Task IdenticalBodies_CountOnceWithinTheWindowAndAgainAfterIt()
    {
        var clock = new OffsetClock();
        await using var app = new AppFactory { ["Users:HashMemoryKib"] = "1024", ["RateLimits:Webhook:Permits"] = "100" };
        app.With(services => services.AddSingleton<TimeProvider>(clock));
        var at = new IntakeApp(app);
        var (trader, door) = await at.DoorAsync("secret");

        var first = await door.SendAsync("buy BTC/USDT 0.001");
        var second = await door.SendAsync("buy BTC/USDT 0.001");
        clock.Advance(TimeSpan.FromSeconds(31));
        var third = await door.SendAsync("buy BTC/USDT 0.001");
        var fourth = await door.SendAsync("buy BTC/USDT 0.001");

        (second.Word, second.Id).ShouldBe(("duplicate", first.Id));
        (third.Status, third.Word).ShouldBe((HttpStatusCode.Accepted, "accepted"));
        (fourth.Word, fourth.Id).ShouldBe(("duplicate", third.Id));
        (await at.RowsAsync(trader)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task SignedMessageWithoutAnId_IsNotTradedAgainHoweverLateItIsReplayed()
    {
        var clock = new OffsetClock();
        await using var app = new AppFactory { ["Users:HashMemoryKib"] = "1024", ["RateLimits:Webhook:Permits"] = "100" };
        app.With(services => services.AddSingleton<TimeProvider>(clock));
        var at = new IntakeApp(app);
        var (_, door) = await at.DoorAsync("hmac");

        var first = await door.SendAsync("buy BTC/USDT 0.001");
        clock.Advance(TimeSpan.FromDays(400));
        var replayed = await door.SendAsync("buy BTC/USDT 0.001");

        (replayed.Word, replayed.Id).ShouldBe(("duplicate", first.Id));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("hmac")]
    [InlineData("secret")]
    public async Task SameIdWithOtherContent_IsAnAlertOfItsOwn(string auth)
    {
        var at = await apps.OnAsync(TwoDatabases.Sqlite);
        var (trader, door) = await at.DoorAsync(auth);
        const string Buy = """{"symbol":"BTCUSDT","action":"buy","trade_quantity":"0.001","id":"Long"}""";
        const string Exit = """{"symbol":"BTCUSDT","action":"exit","id":"Long"}""";

        var (buy, exit) = (await door.SendAsync(Buy), await door.SendAsync(Exit));
        var (again, exitAgain) = (await door.SendAsync(Buy), await door.SendAsync(Exit));

        (buy.Word, exit.Word).ShouldBe(("accepted", "accepted"));
        (again.Word, again.Id).ShouldBe(("duplicate", buy.Id));
        (exitAgain.Word, exitAgain.Id).ShouldBe(("duplicate", exit.Id));
        (await at.RowsAsync(trader)).Count.ShouldBe(2);

        // What leaves no row of its own leaves a count that the webhook's page shows.
        await Until.True(async () =>
            (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks"))
                .GetProperty("items")[0]
                .GetProperty("today")
                .GetProperty("duplicates")
                .GetInt64() == 2
        );
    }

    [Fact]
    public async Task MessageId_CountsOnceForTheSameContent()
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("standard");

        var first = await door.SendAsync("buy BTC/USDT 0.001", id: "msg_1");
        var again = await door.SendAsync("buy BTC/USDT 0.001", id: "msg_1");
        var other = await door.SendAsync("buy BTC/USDT 0.002", id: "msg_1");
        var next = await door.SendAsync("buy BTC/USDT 0.001", id: "msg_2");

        (again.Word, again.Id).ShouldBe(("duplicate", first.Id));
        (other.Word, next.Word).ShouldBe(("accepted", "accepted"));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("image/png")]
    public async Task ContentType_IsNotLookedAt(string type)
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");

        (await door.SendAsync(Alert("abc-1"), contentType: type)).Status.ShouldBe(HttpStatusCode.Accepted);
    }
}
