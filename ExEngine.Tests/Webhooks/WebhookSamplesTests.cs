using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

public sealed class WebhookSamplesTests
{
    private const string Secret = "s3cret_-value";

    [Fact]
    public void HmacHeaders_AreTheKnownAnswer() =>
        WebhookSamples
            .Headers(WebhookAuthMode.Hmac, "It's a Secret to Everybody", "id", 0, "Hello, World!")
            .ShouldBe([("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]);

    [Fact]
    public void StandardHeaders_AreTheKnownAnswer() =>
        WebhookSamples
            .Headers(
                WebhookAuthMode.Standard,
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}"
            )
            .ShouldBe([
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ]);

    [Fact]
    public void BodyWithoutIdAndTime_CanBeSentAtAnyTime() =>
        Preset
            .For("native", null)
            .Sample(new SampleAlert(SampleOrder.Usual, null, null, null, Test: false))
            .ShouldBe("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.001"}""");

    [Fact]
    public void CurlLine_KeepsAQuoteInTheBody() =>
        WebhookSamples
            .Curl("https://a.example/hooks/t", [("X-A", "b")], "it's")
            .ShouldBe("""curl -sS 'https://a.example/hooks/t' -H 'Content-Type: text/plain' -H 'X-A: b' --data-binary 'it'\''s'""");

    public static TheoryData<string> Everything => [.. Preset.Ids];

    public static TheoryData<string> JsonPresets => [.. Preset.Ids.Where(id => id != "text")];

    [Theory]
    [MemberData(nameof(JsonPresets))]
    public void Messages_AreJsonWithTheSecretAndOnlyKnownPlaceholders(string preset)
    {
        string[] known =
        [
            "ticker",
            "exchange",
            "close",
            "timenow",
            "interval",
            "strategy.order.action",
            "strategy.order.contracts",
            "strategy.order.id",
            "strategy.order.comment",
            "strategy.market_position",
            "strategy.market_position_size",
            "strategy.prev_market_position",
            "strategy.prev_market_position_size",
        ];
        foreach (var message in new[] { Words(preset).Strategy(Secret), Words(preset).Indicator(Secret, SampleOrder.Usual) })
        {
            var json = JsonDocument.Parse(message).RootElement;
            json.GetProperty(preset == "okx" ? "signalToken" : "secret").GetString().ShouldBe(Secret);
            SecretFields.Read(Encoding.UTF8.GetBytes(message)).ShouldBe([Secret]);
            foreach (Match placeholder in Regex.Matches(message, "{{(.*?)}}"))
            {
                known.ShouldContain(placeholder.Groups[1].Value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void StrategyMessageOnceFilledIn_IsUnderstoodByItsPresetAndByAuto(string preset)
    {
        var filled = Words(preset)
            .Strategy(null)
            .Replace("{{strategy.order.action}}", "buy", StringComparison.Ordinal)
            .Replace("{{strategy.order.comment}}", preset == "wunderTrading" ? "ENTER-LONG" : "enter_long", StringComparison.Ordinal)
            .Replace("{{ticker}}", "BTCUSDT", StringComparison.Ordinal)
            .Replace("{{exchange}}", "BINANCE", StringComparison.Ordinal)
            .Replace("{{timenow}}", "2026-01-02T03:04:05Z", StringComparison.Ordinal)
            .Replace("{{strategy.market_position}}", "long", StringComparison.Ordinal)
            .Replace("{{strategy.prev_market_position}}", "flat", StringComparison.Ordinal);
        foreach (var id in preset == CustomPreset.CustomId ? [preset] : new[] { preset, Preset.AutoId })
        {
            var reading = SignalParser.Parse(
                Encoding.UTF8.GetBytes(Regex.Replace(filled, "{{.*?}}", "0.25")),
                Doors.Rules with
                {
                    Preset = id,
                    Custom = Words(id) as CustomPreset,
                }
            );

            reading.Errors.ShouldBeEmpty();
            (reading.Draft!.Symbol, reading.Draft.Action, reading.Draft.Quantity).ShouldBe(("BTCUSDT", SignalAction.Buy, 0.25m));
            reading.Preset.ShouldBe(preset == Preset.AutoId ? "native" : preset);
        }
    }

    [Fact]
    public void TradersPostStrategyWithoutSecret_IsItsOwnDefaultWithThePosition() =>
        Words("tradersPost")
            .Strategy(null)
            .ShouldBe(
                """{"ticker":"{{ticker}}","action":"{{strategy.order.action}}","sentiment":"{{strategy.market_position}}","quantity":"{{strategy.order.contracts}}","market_position_size":"{{strategy.market_position_size}}","prev_market_position":"{{strategy.prev_market_position}}","prev_market_position_size":"{{strategy.prev_market_position_size}}","price":"{{close}}","time":"{{timenow}}","interval":"{{interval}}"}"""
            );

    [Theory]
    [MemberData(nameof(Everything))]
    public void Body_IsUnderstoodByItsPreset(string preset)
    {
        var body = Words(preset)
            .Sample(new SampleAlert(SampleOrder.Usual, "a-1", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Secret, Test: true));

        var reading = SignalParser.Parse(
            Encoding.UTF8.GetBytes(body),
            Doors.Rules with
            {
                Preset = preset,
                Custom = Words(preset) as CustomPreset,
            }
        );

        reading.Errors.ShouldBeEmpty();
        reading.Draft!.Symbol.ShouldBe("BTC/USDT");
        reading.Draft.Quantity.ShouldBe(0.001m);
        (reading.Draft.OrderType, reading.Draft.Price).ShouldBe((OrderType.Market, null));
        if (preset != "text")
        {
            (reading.Draft.Id ?? reading.Draft.Extras["id"]).ShouldBe("a-1");
            reading.Draft.Extras["test"].ShouldBe("true");
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void IndicatorMessage_BuysDollarsOnAnyChartAndIsRefusedWhereTheQuoteIsNone(string preset)
    {
        var sample = new SampleOrder("BTC/USDT", 60000.10m, 0.0001m);

        var draft = Read(preset, Words(preset).Indicator(null, sample)).Draft!;

        (draft.Action, draft.OrderType).ShouldBe((SignalAction.Buy, OrderType.Market));
        if (preset == CustomPreset.CustomId)
        {
            draft.Quantity.ShouldBe(0.0001m);
            return;
        }

        (draft.Cost, draft.Quantity, draft.SizeInDollars).ShouldBe((10m, null, true));
        Read(preset, Words(preset).Indicator(null, null)).Errors.ShouldNotBeEmpty("it leaves the size to the webhook");
        var inEuro = Read(preset, Words(preset).Indicator(null, sample with { Symbol = "BTC/EUR" })).Draft!;
        (inEuro.Cost, inEuro.Quantity).ShouldBe((null, 0.0001m));
    }

    private static SignalReading Read(string preset, string message) =>
        SignalParser.Parse(
            Encoding.UTF8.GetBytes(
                message
                    .Replace("{{ticker}}", "BTCUSDT", StringComparison.Ordinal)
                    .Replace("{{exchange}}", "BINANCE", StringComparison.Ordinal)
                    .Replace("{{interval}}", "60", StringComparison.Ordinal)
                    .Replace("{{timenow}}", "2026-01-02T03:04:05Z", StringComparison.Ordinal)
                    .Replace("{{close}}", "60000.105", StringComparison.Ordinal)
            ),
            Doors.Rules with
            {
                Preset = preset,
                Custom = Words(preset) as CustomPreset,
            }
        );

    private static Preset Words(string preset) =>
        Preset.For(
            preset,
            """
            {"symbol":"$.order.pair","action":{"path":"$.order.side","values":{"Kaufen":"buy","Verkaufen":"sell"}},"price":"$.order.prices[1]",
             "quantity":"$['the amount']","time":"$.at","id":"$.id"}
            """
        );
}
