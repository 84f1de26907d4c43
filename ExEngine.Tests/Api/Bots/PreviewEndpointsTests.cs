using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api.Bots;

[NeedsServer]
public sealed class PreviewEndpointsTests(DoorsApp app)
{
    [Fact]
    public async Task Grid_HasEveryLineWithItsNet_FundsAndFalls()
    {
        var (client, account) = await StartAsync();
        var view = await PreviewAsync(
            client,
            new
            {
                kind = "grid",
                accountId = account,
                symbol = "BTC/USDT",
                referencePrice = "60000",
                settings = new
                {
                    lower = "54000",
                    upper = 66000,
                    grids = 10,
                    investment = "1000",
                },
            }
        );

        var lines = view.GetProperty("lines").EnumerateArray().ToList();
        lines.Select(l => l.GetProperty("index").GetInt32()).ShouldBe([-1, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10]);
        lines.ShouldAllBe(l => l.GetProperty("problems").GetArrayLength() == 0);
        lines.Skip(1).ShouldAllBe(l => Number(l, "net") > 0);
        Number(view, "fundsRequired").ShouldBeInRange(900m, 1000m);
        view.GetProperty("falls").EnumerateArray().Select(f => Number(f, "percent")).ShouldBe([5m, 10m, 20m, 30m, 50m]);
        view.GetProperty("falls").EnumerateArray().ShouldAllBe(f => Number(f, "result") < 0);
        view.GetProperty("isFine").GetBoolean().ShouldBeTrue(view.ToString());
        Number(view, "freeQuote").ShouldBeGreaterThan(1000m);
    }

    [Fact]
    public async Task Dca_HasTheLadderOfTheReference()
    {
        var (client, account) = await StartAsync();
        var view = await PreviewAsync(client, Dca(account, 500, stop: 10));

        var lines = view.GetProperty("lines").EnumerateArray().ToList();
        lines.Select(l => Number(l, "deviationPercent")).ShouldBe([0m, 1.5m, 3.6m, 6.54m, 10.656m, 16.4184m]);
        lines.ShouldAllBe(l => Number(l, "takeProfit") > Number(l, "average"));
        Number(view, "fundsRequired").ShouldBeInRange(3700m, 3850m);
        view.GetProperty("stops").GetArrayLength().ShouldBe(2);
        view.GetProperty("warnings")[0].GetString()!.ShouldContain("moves it down");
    }

    [Fact]
    public async Task TooLargeAndTooSmall_AreToldInWords()
    {
        var (client, account) = await StartAsync();
        var large = await PreviewAsync(client, Dca(account, 5_000_000));
        var small = await PreviewAsync(client, Dca(account, 0.5m));

        large.GetProperty("isFine").GetBoolean().ShouldBeFalse();
        large.GetProperty("problems")[0].GetString()!.ShouldContain("are free");
        small.GetProperty("isFine").GetBoolean().ShouldBeFalse();
        small.GetProperty("lines")[0].GetProperty("problems").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task WrongSettings_AreProblemDetailsByField()
    {
        var (client, account) = await StartAsync();
        var answer = await client.PostAsJsonAsync(
            "/api/bots/preview",
            new
            {
                kind = "grid",
                accountId = account,
                symbol = "BTC/USDT",
                settings = new
                {
                    lower = 10,
                    upper = 5,
                    grids = 1,
                },
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        var errors = problem.GetProperty("errors");
        errors
            .EnumerateObject()
            .Select(e => e.Name)
            .ShouldBe(["settings.upper", "settings.grids", "settings.investment"], ignoreOrder: true);
        errors.GetProperty("settings.grids")[0].GetString()!.ShouldContain("2 to 1000 are allowed");
    }

    [Theory]
    [InlineData("""{"kind":"martingale"}""", "kind")]
    [InlineData("""{"kind":"grid","symbol":"NOPE/NOPE","settings":{}}""", "symbol")]
    [InlineData("""{"kind":"grid","settings":{"gridz":5}}""", "settings.gridz")]
    [InlineData("""{"kind":"grid","settings":{"grids":"many"}}""", "settings.grids")]
    [InlineData("""{"kind":"grid","settings":[]}""", "settings")]
    [InlineData("""{"kind":"dca","referencePrice":"-1","settings":{}}""", "referencePrice")]
    [InlineData("""{"kind":"dca","falls":["100"],"settings":{}}""", "falls")]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"start":"conditions"}}""", "settings.conditions")]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"conditions":[[{"kind":"rsi","level":30}]]}}""", "settings.conditions")]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[]]}}""", "settings.conditions")]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[null]]}}""", "settings.conditions")]
    [InlineData(
        """{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[{"level":30,"candle":"7m"}]]}}""",
        "settings.conditions[0][0].candle"
    )]
    [InlineData(
        """{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[{"level":30},{"level":130}]]}}""",
        "settings.conditions[0][1].level"
    )]
    [InlineData(
        """{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[{"kind":"emaCross","length":30,"slow":20}]]}}""",
        "settings.conditions[0][0].slow"
    )]
    [InlineData(
        """{"kind":"dca","settings":{"baseOrder":9,"start":"conditions","conditions":[[{"level":30,"length":1}]]}}""",
        "settings.conditions[0][0].length"
    )]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"start":"interval"}}""", "settings.schedule")]
    [InlineData("""{"kind":"dca","settings":{"baseOrder":9,"start":"interval","schedule":{"day":0}}}""", "settings.schedule.day")]
    [InlineData("""{"kind":"recurring","settings":{"amount":9,"day":0}}""", "settings.day")]
    [InlineData("""{"kind":"recurring","settings":{"amount":9,"zone":"Mars"}}""", "settings.zone")]
    public async Task WhatIsNotUnderstood_IsNamed(string body, string field)
    {
        var (client, account) = await StartAsync();
        var ask = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        ask["accountId"] = JsonSerializer.SerializeToElement(account);
        ask.TryAdd("symbol", JsonSerializer.SerializeToElement("BTC/USDT"));
        var answer = await client.PostAsJsonAsync("/api/bots/preview", ask);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task Conditions_ReadTheirCandles_AndTellHowFarTheyAre()
    {
        var (client, account) = await StartAsync();
        var view = await PreviewAsync(
            client,
            new
            {
                kind = "dca",
                accountId = account,
                symbol = "BTC/USDT",
                settings = new
                {
                    baseOrder = "100",
                    start = "conditions",
                    conditions = new object[]
                    {
                        new object[] { new { level = "2" } },
                        new object[]
                        {
                            new
                            {
                                kind = "smaCross",
                                length = 5,
                                slow = 10,
                                candle = "4h",
                                comparison = "crossesUp",
                            },
                        },
                    },
                },
            }
        );

        var start = view.GetProperty("start");
        start.GetProperty("holds").GetBoolean().ShouldBeFalse(start.ToString());
        start.GetProperty("groups").EnumerateArray().SelectMany(g => g.EnumerateArray()).ShouldAllBe(c => Number(c, "value") != 0);
        start.GetProperty("words").GetString()!.ShouldContain(" away; or SMA 5 on 4h crossing up SMA 10");
    }

    [Fact]
    public async Task Recurring_HasTheBuysOfAMonth_WithinItsLimit()
    {
        var (client, account) = await StartAsync();
        var view = await PreviewAsync(
            client,
            new
            {
                kind = "recurring",
                accountId = account,
                symbol = "BTC/USDT",
                referencePrice = 60000,
                settings = new
                {
                    amount = "50",
                    every = "day",
                    at = "09:30",
                    zone = "Europe/Vienna",
                    monthlyLimit = "500",
                },
            }
        );

        var lines = view.GetProperty("lines").EnumerateArray().ToList();
        lines.Count.ShouldBeInRange(10, 20);
        lines.ShouldAllBe(l => l.GetProperty("at").GetDateTime().Minute == 30);
        lines.ShouldAllBe(l => l.GetProperty("problems").GetArrayLength() == 0);
        Number(view, "fundsNow").ShouldBe(0);
        Number(view, "fundsWorst").ShouldBeInRange(49 * lines.Count, 51 * lines.Count);
        view.GetProperty("falls").EnumerateArray().ShouldAllBe(f => Number(f, "result") < 0);
        view.GetProperty("isFine").GetBoolean().ShouldBeTrue(view.ToString());
    }

    [Fact]
    public async Task NumbersBeyondCounting_AreToldAndNotAnError()
    {
        var (client, account) = await StartAsync();
        var huge = new string('9', 27);
        var view = await PreviewAsync(
            client,
            new
            {
                kind = "grid",
                accountId = account,
                symbol = "BTC/USDT",
                referencePrice = huge,
                settings = new
                {
                    lower = 1,
                    upper = huge,
                    grids = 1000,
                    investment = huge,
                },
            }
        );

        view.GetProperty("isFine").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task AnothersAccount_IsNotFound()
    {
        var (_, account) = await StartAsync();
        var stranger = await app.SignUpAsync();

        (await stranger.PostAsJsonAsync("/api/bots/preview", Dca(account, 10))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static object Dca(string account, decimal amount, decimal? stop = null) =>
        new
        {
            kind = "dca",
            name = "ladder",
            accountId = account,
            symbol = "BTC/USDT",
            referencePrice = 60000,
            settings = new
            {
                baseOrder = amount,
                safetyOrder = amount / 2,
                maxSafetyOrders = 5,
                deviation = 1.5,
                stepScale = 1.4,
                volumeScale = 1.5,
                takeProfit = new { percent = 2 },
                stopLoss = stop is null ? null : new { percent = stop },
            },
        };

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static async Task<JsonElement> PreviewAsync(HttpClient client, object ask) =>
        await ApiClient.SucceedAsync(await client.PostAsJsonAsync("/api/bots/preview", ask));

    private async Task<(HttpClient Client, string Account)> StartAsync()
    {
        var client = await app.SignUpAsync();
        var account = await ApiClient.SucceedAsync(
            await client.PostAsJsonAsync(
                "/api/accounts",
                new
                {
                    name = "bots",
                    exchange = "paper",
                    mode = "paper",
                }
            )
        );
        return (client, account.GetProperty("id").GetString()!);
    }
}
