using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Api.Bots.BacktestApi;

namespace ExEngine.Tests.Api.Bots;

[NeedsServer]
public sealed class SweepEndpointsTests(DoorsApp app)
{
    private const string Path = "/api/sweeps";

    [Fact]
    public async Task Sweep_ChoosesOnOnePart_IsJudgedOnTheRest_AndCountsAsTried()
    {
        var client = await app.SignUpAsync();
        var account = await AccountAsync(client);
        object[] parameters =
        [
            new { path = "grids", values = new[] { 10, 20, 40 } },
            new
            {
                path = "lower",
                from = 20000,
                to = 30000,
                step = 5000,
            },
        ];
        var view = await EndAsync(client, await StartAsync(client, new { backtest = Grid(account), parameters }, Path), Path);

        view.GetProperty("state").GetString().ShouldBe("done", view.ToString());
        var result = view.GetProperty("result");
        result.GetProperty("tried").GetInt32().ShouldBe(9);
        result.GetProperty("map").GetProperty("cells").GetArrayLength().ShouldBe(9);
        var backtest = await EndAsync(client, await StartAsync(client, Grid(account)));
        backtest.GetProperty("result").GetProperty("honesty").GetProperty("earlierRuns").GetInt32().ShouldBe(9);
        (await client.GetFromJsonAsync<JsonElement>(Path)).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await client.GetAsync($"/api/backtests/{view.GetProperty("id")}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""[]""", "parameters")]
    [InlineData("""[{"path":"gridz","values":[1,2]}]""", "parameters")]
    [InlineData("""[{"path":"grids","from":1,"to":5}]""", "parameters[0]")]
    [InlineData("""[{"path":"grids","from":2,"to":150,"step":1},{"path":"lower","from":1000,"to":50000,"step":1000}]""", "parameters")]
    public async Task WrongParameters_AreNamed(string parameters, string field)
    {
        var client = await app.SignUpAsync();
        var ask = new { backtest = Grid(await AccountAsync(client)), parameters = JsonDocument.Parse(parameters).RootElement };
        var answer = await client.PostAsJsonAsync(Path, ask);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }
}
