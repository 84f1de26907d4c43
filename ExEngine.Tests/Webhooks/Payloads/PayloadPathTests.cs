using System.Text.Json;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class PayloadPathTests
{
    private static readonly JsonElement Body = JsonSerializer.Deserialize<JsonElement>(
        """
        {"side":"buy","data":{"pair":"BTC/USDT","a name":1,"it's":2,"quote\"d":3,"größe":0.10,"x-y_1":4},"list":[[5],{"n":6}],"nothing":null}
        """
    );

    [Theory]
    [InlineData("$.side", "\"buy\"")]
    [InlineData("$['side']", "\"buy\"")]
    [InlineData("$[\"side\"]", "\"buy\"")]
    [InlineData("$.data.pair", "\"BTC/USDT\"")]
    [InlineData("$.data['a name']", "1")]
    [InlineData("$.data[\"it's\"]", "2")]
    [InlineData("$.data['quote\"d']", "3")]
    [InlineData("$.data.größe", "0.10")]
    [InlineData("$.data.x-y_1", "4")]
    [InlineData("$.list[0][0]", "5")]
    [InlineData("$.list[1].n", "6")]
    [InlineData("$.nothing", "null")]
    public void Path_LeadsToItsValueAsWritten(string path, string value) =>
        PayloadPath.Parse(path, out _)!.Find(Body)!.Value.GetRawText().ShouldBe(value);

    [Theory]
    [InlineData("$.missing")]
    [InlineData("$.side.deeper")]
    [InlineData("$.side[0]")]
    [InlineData("$.data[0]")]
    [InlineData("$.list.n")]
    [InlineData("$.list[2]")]
    [InlineData("$.Side")]
    public void PathThatLeadsNowhere_IsNoValue(string path) => PayloadPath.Parse(path, out _)!.Find(Body).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("side")]
    [InlineData("$")]
    [InlineData("$side")]
    [InlineData("$.")]
    [InlineData("$..side")]
    [InlineData("$.*")]
    [InlineData("$[0]")]
    [InlineData("$[*]")]
    [InlineData("$.list[-1]")]
    [InlineData("$.list[+1]")]
    [InlineData("$.list[100]")]
    [InlineData("$.list[1")]
    [InlineData("$.list[]")]
    [InlineData("$['side'")]
    [InlineData("$['']")]
    [InlineData("$['side\"]")]
    [InlineData("$.data.a name")]
    [InlineData("$.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")]
    public void PathThatIsNone_SaysSo(string path)
    {
        PayloadPath.Parse(path, out var problem).ShouldBeNull();
        problem!.ShouldContain("path");
    }

    [Fact]
    public void PathsOfASample_LeadToItsValues()
    {
        var paths = SamplePaths.Of(Body.GetRawText());

        paths.ShouldBe([
            "$.side",
            "$.data.pair",
            "$.data['a name']",
            "$.data[\"it's\"]",
            "$.data['quote\"d']",
            "$.data.größe",
            "$.data.x-y_1",
            "$.list[0][0]",
            "$.list[1].n",
            "$.nothing",
        ]);
        paths.Select(p => PayloadPath.Parse(p, out _)!.Find(Body)).ShouldNotContain((JsonElement?)null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1")]
    [InlineData("buy BTC/USDT 1")]
    [InlineData("""{"secret":"x","\ud800":1}""")]
    public void SampleThatIsNoObject_HasNoPaths(string sample) => SamplePaths.Of(sample).ShouldBeEmpty();
}
