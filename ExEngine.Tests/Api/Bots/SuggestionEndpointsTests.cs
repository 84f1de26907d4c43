using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api.Bots;

[NeedsServer]
public sealed class SuggestionEndpointsTests(DoorsApp app)
{
    [Theory]
    [InlineData("grid")]
    [InlineData("dca")]
    public async Task Suggestion_HasReasonsAndThreeBacktests_AndItsSettingsArePreviewed(string kind)
    {
        var client = await app.SignUpAsync();
        var account = await BacktestApi.AccountAsync(client);
        var view = await ApiClient.SucceedAsync(await client.PostAsJsonAsync("/api/bots/suggest", Ask(account, kind)));

        view.GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(3);
        view.GetProperty("backtests").EnumerateArray().Select(b => b.GetProperty("days").GetInt32()).ShouldBe([30, 90, 365]);
        view.GetProperty("lossAt30").GetString()!.ShouldStartWith("-");
        view.GetProperty("problems").GetArrayLength().ShouldBe(0, view.ToString());

        var preview = await ApiClient.SucceedAsync(
            await client.PostAsJsonAsync(
                "/api/bots/preview",
                new
                {
                    kind,
                    accountId = account,
                    symbol = "BTC/USDT",
                    settings = view.GetProperty("settings"),
                }
            )
        );
        preview.GetProperty("isFine").GetBoolean().ShouldBeTrue(preview.ToString());

        // The same candles give the same, as long as the price stays.
        var again = await ApiClient.SucceedAsync(await client.PostAsJsonAsync("/api/bots/suggest", Ask(account, kind, "bold")));
        again.GetProperty("settings").ToString().ShouldNotBe(view.GetProperty("settings").ToString());
    }

    [Theory]
    [InlineData("recurring", "1000", null, "kind")]
    [InlineData("grid", "-1", null, "budget")]
    [InlineData("grid", "1000", "wild", "preset")]
    public async Task WhatIsNotUnderstood_IsNamed(string kind, string budget, string? preset, string field)
    {
        var client = await app.SignUpAsync();
        var account = await BacktestApi.AccountAsync(client);
        var answer = await client.PostAsJsonAsync("/api/bots/suggest", Ask(account, kind, preset, budget));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task AnothersAccount_IsNotFound()
    {
        var account = await BacktestApi.AccountAsync(await app.SignUpAsync());
        var stranger = await app.SignUpAsync();
        (await stranger.PostAsJsonAsync("/api/bots/suggest", Ask(account, "grid"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static object Ask(string account, string kind, string? preset = null, string budget = "5000") =>
        new
        {
            kind,
            accountId = account,
            symbol = "BTC/USDT",
            budget,
            preset,
        };
}
