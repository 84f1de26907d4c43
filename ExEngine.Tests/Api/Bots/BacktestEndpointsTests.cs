using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Api.Bots.BacktestApi;

namespace ExEngine.Tests.Api.Bots;

[NeedsServer]
public sealed class BacktestEndpointsTests(DoorsApp app)
{
    [Fact]
    public async Task Backtest_IsPlayedInTheBackground_AndSaysWhatItIsWorth()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        var view = await EndAsync(client, await StartAsync(client, Grid(account)));

        view.GetProperty("state").GetString().ShouldBe("done", view.ToString());
        var result = view.GetProperty("result");
        var honesty = result.GetProperty("honesty");
        honesty.GetProperty("source").GetString().ShouldBe("simulated prices, seed 5");
        honesty.GetProperty("count").GetInt32().ShouldBe(14 * 24);
        honesty.GetProperty("feeSource").GetString().ShouldBe("the terms of paper accounts here");
        honesty.GetProperty("path").GetString().ShouldBe("pessimistic");
        honesty.GetProperty("remarks").GetArrayLength().ShouldBeGreaterThan(3);
        Number(result, "profit").ShouldBeLessThanOrEqualTo(Number(result.GetProperty("other"), "profit"));
        (Number(result, "closedProfit") + Number(result, "openProfit")).ShouldBe(Number(result, "profit"));
        result.GetProperty("months").EnumerateArray().Sum(m => Number(m, "profit")).ShouldBe(Number(result, "profit"));
        result.GetProperty("curve").GetArrayLength().ShouldBeGreaterThan(300);
        result.GetProperty("chart").GetProperty("candles").GetArrayLength().ShouldBe(14 * 24);

        var fills = await client.GetFromJsonAsync<JsonElement>($"/api/backtests/{view.GetProperty("id")}/fills?limit=5");
        fills.GetProperty("items").GetArrayLength().ShouldBe(Math.Min(5, result.GetProperty("fillCount").GetInt32()));
        var csv = await client.GetStringAsync($"/api/backtests/{view.GetProperty("id")}/fills/export");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + result.GetProperty("fillCount").GetInt32());
    }

    [Fact]
    public async Task SameAsk_GivesTheSame_AndCountsWhatWasTriedBefore_AlsoWhatWasDeleted()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        var first = await EndAsync(client, await StartAsync(client, Grid(account)));
        (await client.DeleteAsync($"/api/backtests/{first.GetProperty("id")}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync($"/api/backtests/{first.GetProperty("id")}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var second = await EndAsync(client, await StartAsync(client, Grid(account)));

        Text(second, "curve").ShouldBe(Text(first, "curve"));
        second.GetProperty("result").GetProperty("honesty").GetProperty("earlierRuns").GetInt32().ShouldBe(1);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/backtests");
        list.GetProperty("items").GetArrayLength().ShouldBe(1);
        list.GetProperty("items")[0].TryGetProperty("result", out _).ShouldBeFalse();
        Number(list.GetProperty("items")[0].GetProperty("summary"), "profit").ShouldBe(Number(second.GetProperty("result"), "profit"));

        static string Text(JsonElement view, string name) => view.GetProperty("result").GetProperty(name).ToString();
    }

    [Fact]
    public async Task Cancelled_StaysInTheList_AndRunsAgain()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        var id = await StartAsync(client, Grid(account, Simulated("1m", "2026-01-01T00:00:00Z", "2026-11-01T00:00:00Z", seed: 77)));
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>($"/api/backtests/{id}")).TryGetProperty("step", out var step)
            && step.GetString()!.StartsWith("Reading", StringComparison.Ordinal)
        );
        (await client.DeleteAsync($"/api/backtests/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await EndAsync(client, id)).GetProperty("state").GetString().ShouldBe("cancelled");

        // At once, while the one that was cancelled may be on its way out.
        var again = await client.PostAsync($"/api/backtests/{id}/run", null);
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString().ShouldBeOneOf("queued", "running");
        await Until.True(async () =>
            (await client.GetFromJsonAsync<JsonElement>($"/api/backtests/{id}")).GetProperty("state").GetString() == "running"
        );
        await client.DeleteAsync($"/api/backtests/{id}");
        (await EndAsync(client, id)).GetProperty("state").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task OneWhoseProcessEnded_IsListedAsInterrupted_AndGivesItsResultWhenItIsRunAgain()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        var whole = await EndAsync(client, await StartAsync(client, Grid(account)));
        var id = whole.GetProperty("id").GetString()!;
        await using (var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync())
        {
            // As a kill in the middle leaves it.
            await db
                .BacktestJobs.Where(j => j.Id == Guid.Parse(id))
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.State, JobState.Running)
                        .SetProperty(j => j.BeatAt, j => j.CreatedAt.AddHours(-1))
                        .SetProperty(j => j.Result, (string?)null)
                );
        }

        (await client.GetFromJsonAsync<JsonElement>($"/api/backtests/{id}")).GetProperty("state").GetString().ShouldBe("interrupted");
        await ApiClient.SucceedAsync(await client.PostAsync($"/api/backtests/{id}/run", null));
        var again = await EndAsync(client, id);

        again.GetProperty("state").GetString().ShouldBe("done");
        again.GetProperty("result").ToString().ShouldBe(whole.GetProperty("result").ToString());
    }

    [Fact]
    public async Task Csv_IsBrought_AndPlayed_WithItsGapsCounted()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        var text = new StringBuilder("time,open,high,low,close,volume\n");
        for (var i = 0; i < 500; i++)
        {
            var price = 50000 + (i % 20 * 1000);
            text.Append($"{1_760_000_000 + ((i < 300 ? i : i + 7) * 60)},{price},{price + 900.5},{price - 900.5},{price + 500},100\n");
        }

        var brought = await ApiClient.SucceedAsync(await client.PostAsync("/api/backtests/candles", Csv(text.ToString())));
        (brought.GetProperty("count").GetInt32(), brought.GetProperty("gaps").GetInt64()).ShouldBe((500, 7L));
        var view = await EndAsync(
            client,
            await StartAsync(client, Grid(account, new { source = "csv", upload = brought.GetProperty("id").GetString() }))
        );

        view.GetProperty("state").GetString().ShouldBe("done", view.ToString());
        var honesty = view.GetProperty("result").GetProperty("honesty");
        (honesty.GetProperty("gaps").GetInt64(), honesty.GetProperty("longestGap").GetInt64()).ShouldBe((7L, 7L));
        view.GetProperty("result").GetProperty("fillCount").GetInt32().ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task CsvThatIsNone_IsToldWithItsLine()
    {
        var client = await app.SignUpAsync();
        var answer = await client.PostAsync("/api/backtests/candles", Csv("time,open\n1760000000,abc,1,1,1,1\n"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Line 2, field 2");
    }

    [Theory]
    [InlineData("""{"interval":"7m"}""", "data.interval")]
    [InlineData("""{"source":"csv"}""", "data.upload")]
    [InlineData("""{"source":"csv","upload":"00000000-0000-0000-0000-000000000001"}""", "data.upload")]
    [InlineData("""{"from":"2026-10-01T00:00:00Z","to":"2026-09-01T00:00:00Z"}""", "data.to")]
    [InlineData("""{"interval":"1m","from":"2020-01-01T00:00:00Z"}""", "data.from")]
    public async Task WrongData_IsNamed(string data, string field)
    {
        var client = await app.SignUpAsync();
        var ask = Grid(await AccountAsync(client), JsonDocument.Parse(data).RootElement);
        var answer = await client.PostAsJsonAsync("/api/backtests", ask);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");
}
