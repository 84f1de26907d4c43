using System.Text.Json;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class CustomPresetTests
{
    private const string Map = """
        {"symbol":"$.data.pair","action":{"path":"$.side","values":{"Long":"buy","0":"exit"}},"orderType":"=limit","price":"$.data.px",
         "quantity":"$.data['the amount']","timeInForce":"=IOC","id":"$.ids[0]","time":"$.at","maxLag":"=120","sentiment":"$.state",
         "takeProfits[0].percent":"$.tp[0].dev","takeProfits[0].share":"$.tp[0].part","takeProfits[1].limitPrice":"$.tp[1].at",
         "takeProfits[1].share":"=50","takeProfits[1].orderType":"=market","stopLoss.type":"=trailing_stop","stopLoss.trailPercent":"$.sl",
         "stopLoss.breakEven":"=yes"}
        """;

    private static SignalReading Read(string body, string map) =>
        GoldenDraft.Read(
            body,
            Doors.Rules with
            {
                Preset = CustomPreset.CustomId,
                Custom = (CustomPreset)Preset.For(CustomPreset.CustomId, map),
            }
        );

    private static SignalDraft Draft(string body, string map)
    {
        var reading = Read(body, map);
        reading.Errors.ShouldBeEmpty();
        return reading.Draft!;
    }

    [Fact]
    public void WholeMap_FillsTheDraftExactly()
    {
        PayloadMapParser.Parse(Map).Errors.ShouldBeEmpty();

        var draft = Draft(
            """
            {"side":"LONG","state":"bullish","data":{"pair":"BTC/USDT","px":60000.10,"the amount":"0.0010"},"ids":["a-1"],"at":"2026-01-02T03:04:05Z",
             "tp":[{"dev":1.50,"part":50},{"at":"65000.00"}],"sl":2,"note":"kept","secret":"x"}
            """,
            Map
        );

        SignalDetailJson
            .Write(new SignalDetail { Draft = draft })
            .ShouldBe(
                """
                {"draft":{"id":"a-1","symbol":"BTC/USDT","action":"buy","sentiment":"long","orderType":"limit","price":"60000.10","quantity":"0.0010",
                "takeProfits":[{"percent":"1.50","share":"50","orderType":"limit"},{"limitPrice":"65000.00","share":"50","orderType":"market"}],
                "stopLoss":{"orderType":"trailingStop","trailPercent":"2","breakEven":true},"timeInForce":"immediateOrCancel","reduceOnly":false,
                "time":"2026-01-02T03:04:05.000000Z","maxLag":"00:02:00","extras":{"note":"kept"}}}
                """.ReplaceLineEndings("")
            );
    }

    [Theory]
    [InlineData("\"long\"", SignalAction.Buy, null)]
    [InlineData("\" lOnG \"", SignalAction.Buy, null)]
    [InlineData("0", SignalAction.Exit, null)]
    [InlineData("\"sell\"", SignalAction.Sell, null)]
    [InlineData("\"exit_short\"", SignalAction.Exit, Direction.Short)]
    public void WordOfTheSender_MeansOurs(string side, SignalAction action, Direction? direction)
    {
        var draft = Draft(
            $$"""{"s":{{side}},"p":"BTC/USDT","q":1}""",
            """{"action":{"path":"$.s","values":{"Long":"buy","0":"exit"}},"symbol":"$.p","quantity":"$.q"}"""
        );

        (draft.Action, draft.Direction).ShouldBe((action, direction));
    }

    [Fact]
    public void OptionalPartsThatTheBodyLeavesOut_AreNotStated()
    {
        var draft = Draft("""{"side":"0","data":{"pair":"BTC/USDT","px":"1"},"sl":"","tp":[]}""", Map);

        (draft.TakeProfits.Count, draft.StopLoss, draft.Id, draft.Time).ShouldBe((0, null, null, null));
    }

    [Theory]
    [InlineData("base", "5", null, null)]
    [InlineData("quote", null, "5", null)]
    [InlineData("percentOfEquity", null, null, SizeMode.PercentOfEquity)]
    [InlineData("riskAmount", null, null, SizeMode.RiskAmount)]
    public void SizeWithItsMode(string mode, string? quantity, string? cost, SizeMode? size)
    {
        var draft = Draft("""{"p":"BTC/USDT","n":5}""", $$"""{"action":"=buy","symbol":"$.p","size":"$.n","sizeMode":"={{mode}}"}""");

        (draft.Quantity?.ToString(), draft.Cost?.ToString(), draft.Size?.Mode).ShouldBe((quantity, cost, size));
    }

    [Theory]
    [InlineData("""{"s":"hold","p":"BTC/USDT","q":1}""", "action", "action ($.s) is \"hold\"; allowed are buy")]
    [InlineData("""{"p":"BTC/USDT","q":1}""", "action", "action ($.s) is missing")]
    [InlineData("""{"s":"buy","q":1}""", "symbol", "state symbol ($.p)")]
    [InlineData("""{"s":"buy","p":"BTC/USDT"}""", "quantity", "state quantity ($.q) or cost or size")]
    [InlineData("""{"s":"buy","p":"BTC/USDT","q":"1,5"}""", "quantity", "quantity ($.q) is \"1,5\"")]
    [InlineData("""{"s":"buy","p":"BTC/USDT","q":1,"x":"12345678901234567890123456789012345"}""", "price", "35 significant digits")]
    [InlineData("""{"s":"buy","p":"BTC/USDT","q":1,"n":2}""", "size", "beside quantity")]
    [InlineData("""{"s":"buy","p":"BTC/USDT","q":1,"a":1,"b":2}""", "stopLoss", "more than one of percent, amount, stopPrice")]
    [InlineData("""{"s":{"deep":1},"p":"BTC/USDT","q":1}""", "action", "must be text")]
    public void WhatIsWrong_IsNamedByFieldAndPath(string body, string field, string problem)
    {
        var error = Read(
            body,
            """{"action":"$.s","symbol":"$.p","quantity":"$.q","price":"$.x","size":"$.n","stopLoss.percent":"$.a","stopLoss.amount":"$.b"}"""
        )
            .Errors.ShouldHaveSingleItem();

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void Custom_IsNeverRecognisedByItself() => GoldenDraft.Read("""{"foo":1}""").Preset.ShouldBe("native");

    [Theory]
    [InlineData("[]", "", "an object")]
    [InlineData("{", "", "no valid JSON")]
    [InlineData("""{"action":"=buy","action":"=sell"}""", "", "twice")]
    [InlineData("{}", "action", "neither action nor sentiment")]
    [InlineData("""{"symbol":"$.p"}""", "action", "neither action nor sentiment")]
    [InlineData("""{"action":"=buy","sybol":"$.p"}""", "sybol", "\"sybol\" is no field of an alert; allowed are symbol, action, ")]
    [InlineData("""{"action":"=buy","takeProfits[6].percent":"$.p"}""", "takeProfits[6].percent", "up to takeProfits[5]")]
    [InlineData("""{"action":"buy"}""", "action", "does not begin with $")]
    [InlineData("""{"action":""}""", "action", "is empty")]
    [InlineData("""{"action":"$.a b"}""", "action", "unclear from character 4")]
    [InlineData("""{"action":1}""", "action", "neither a path")]
    [InlineData("""{"action":"=hold"}""", "action", "has the value \"hold\"; allowed are buy,")]
    [InlineData("""{"action":"=buy","quantity":"=1,5"}""", "quantity", "is \"1,5\"")]
    [InlineData("""{"action":{"values":{}}}""", "action", "needs path")]
    [InlineData("""{"action":{"path":"$.a","value":{}}}""", "action", "needs path")]
    [InlineData("""{"action":{"path":"$.a","values":["buy"]}}""", "action", "no object")]
    [InlineData("""{"action":{"path":"$.a","values":{"up":"hold"}}}""", "action", "has the value \"hold\"")]
    [InlineData("""{"action":{"path":"$.a","values":{"up":1}}}""", "action", "no plain text")]
    [InlineData("""{"action":{"path":"$.a","values":{"\ud800":"buy"}}}""", "", "surrogate")]
    [InlineData("""{"action":"\ud800"}""", "action", "is empty")]
    [InlineData("""{"action":"=buy","symbol":"=\u0000"}""", "symbol", "control characters")]
    public void MapThatIsWrong_NamesItsField(string map, string field, string problem)
    {
        var error = PayloadMapParser.Parse(map).Errors.ShouldHaveSingleItem();

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public void EveryMistakeOfAMap_IsNamedAtOnce() =>
        PayloadMapParser
            .Parse("""{"action":"=hold","price":"price","stopp":"$.x"}""")
            .Errors.Select(e => e.Field)
            .ShouldBe(["action", "price", "stopp"]);

    [Fact]
    public void WordsThatAFieldTakes_AreAllUnderstood()
    {
        foreach (var field in MappableField.All.Where(f => f.Choices is not null))
        {
            foreach (var word in field.Choices!)
            {
                var map = PayloadMapParser.Parse(
                    JsonSerializer.Serialize(
                        new Dictionary<string, string>
                        {
                            ["action"] = "=buy",
                            ["symbol"] = "=BTC/USDT",
                            [field.Name] = "=" + word,
                        }
                    )
                );

                map.Errors.ShouldBeEmpty();
                Read("{}", "{}").Errors.ShouldNotBeEmpty();
                GoldenDraft
                    .Read("{}", Doors.Rules with { Preset = CustomPreset.CustomId, Custom = new CustomPreset(map.Map) })
                    .Errors.ShouldNotContain(e => e.Message.Contains("allowed are", StringComparison.Ordinal), $"{field.Name} = {word}");
            }
        }
    }

    [Fact]
    public void EveryFieldThatCanBeMapped_IsRead()
    {
        var number = 1;
        var unread = MappableField.All.Where(field =>
        {
            var value =
                field.Choices?[0]
                ?? (
                    field.IsNumber
                        ? (number++ % 50 + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
                        : "2026-01-02T03:04:05Z"
                );
            var map = new Dictionary<string, string> { ["action"] = "=buy", ["symbol"] = "=BTC/USDT" };
            var need = field.Name switch
            {
                "sizeMode" => "size",
                "stopLoss.breakEven" or "stopLoss.type" or "stopLoss.limitPrice" => "stopLoss.percent",
                _ when field.Name.StartsWith("takeProfits", StringComparison.Ordinal) => field.Name[..15] + "percent",
                _ => "quantity",
            };
            map[need] = "=7";
            var without = Read("{}", JsonSerializer.Serialize(map)).Draft!;
            map[field.Name] =
                "="
                + (
                    field.Name is "action" ? "sell"
                    : field.Name is "sizeMode" ? "quote"
                    : field.Name is "stopLoss.type" ? "stop_limit"
                    : field.Name is "orderType" ? "limit"
                    : value
                );
            var with = Read("{}", JsonSerializer.Serialize(map)).Draft!;
            return SignalDetailJson.Write(new SignalDetail { Draft = without })
                == SignalDetailJson.Write(new SignalDetail { Draft = with });
        });

        unread.Select(f => f.Name).ShouldBeEmpty();
    }

    [Fact]
    public void SampleOfAMap_IsReadByIt()
    {
        var preset = Preset.For(CustomPreset.CustomId, Map);

        var body = preset.Sample(
            new SampleAlert(SampleOrder.Usual, "a-2", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "s", Test: true)
        );

        body.ShouldBe(
            """
            {"data":{"pair":"BTC/USDT","px":"60000.10","the amount":"0.001"},"side":"Long","ids":["a-2"],"at":"2026-01-02T03:04:05Z","state":"long",
            "secret":"s","test":true}
            """.ReplaceLineEndings("")
        );
        Draft(body, Map).Price.ShouldBe(60000.10m);
    }

    [Fact]
    public void PathsThatDoNotFitTogether_MakeASampleAllTheSame() =>
        Preset
            .For(CustomPreset.CustomId, """{"action":"$.a","symbol":"$.a.b","quantity":"$.a[1]","seenPrice":"$.c[2].d","id":"$.c.e"}""")
            .Sample(new SampleAlert(SampleOrder.Usual, "a", null, null, Test: false))
            .ShouldBe("""{"a":"buy","c":[null,null,{"d":"60000.10"}]}""");
}
