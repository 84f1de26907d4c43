using System.Text;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class SignalParserTests
{
    private static SignalReading Parse(string body, SignalRules? rules = null) =>
        SignalParser.Parse(Encoding.UTF8.GetBytes(body), rules ?? Doors.Rules);

    private static string OnlyError(string body, SignalRules? rules = null)
    {
        var reading = Parse(body, rules);
        return reading.Errors.ShouldHaveSingleItem().Message;
    }

    [Theory]
    [InlineData("""{"symbol":"BTC/USDT","symbol":"ETH/USDT","action":"buy"}""")]
    [InlineData("""{"symbol":"BTC/USDT","s\u0079mbol":"ETH/USDT","action":"buy"}""")]
    [InlineData("""{"symbol":"BTC/USDT","action":"buy","extras":{"a":1,"a":2}}""")]
    public void KeyThatStandsTwice_IsRefused(string body) => OnlyError(body).ShouldContain("twice");

    [Fact]
    public void NestingOf16Levels_IsReadAnd17Refused()
    {
        Parse(Nested(16)).Errors.ShouldBeEmpty();
        OnlyError(Nested(17)).ShouldContain("deeper than 16");

        static string Nested(int levels) =>
            "{\"symbol\":\"BTC/USDT\",\"action\":\"buy\",\"trade_quantity\":1,\"extra\":"
            + new string('[', levels - 1)
            + new string(']', levels - 1)
            + "}";
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'b', (byte)'u', (byte)'y', (byte)' ', 0xFF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    public void BadUtf8_IsRefused(byte[] body) =>
        SignalParser.Parse(body, Doors.Rules).Errors.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");

    [Theory]
    [InlineData("\uFEFF{\"symbol\":\"BTC/USDT\",\"action\":\"buy\",\"trade_quantity\":1}")]
    [InlineData("\uFEFFbuy BTC/USDT 1")]
    [InlineData("\r\n\t {\"symbol\":\"BTC/USDT\",\"action\":\"buy\",\"trade_quantity\":1}\r\n")]
    public void ByteOrderMarkAndBlanksAround_AreTolerated(string body)
    {
        var reading = Parse(body);

        reading.Errors.ShouldBeEmpty();
        reading.Draft!.Quantity.ShouldBe(1m);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public void EmptyBody_IsRefused(string body) => OnlyError(body).ShouldContain("empty");

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"symbol":"BTC/USDT","action":"buy"}]""")]
    public void ArrayInsteadOfAnObject_IsRefused(string body) => OnlyError(body).ShouldContain("no object");

    [Theory]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"buy\"")]
    public void OtherJsonForAJsonPreset_IsRefused(string body) =>
        OnlyError(body, Doors.Rules with { Preset = "native" }).ShouldContain("no object");

    [Theory]
    [InlineData("""{"symbol":"BTC/USDT","action":"buy","trade_quantity":NaN}""", "NaN")]
    [InlineData("""{“symbol”:“BTC/USDT”}""", "typographic")]
    [InlineData("""{'symbol':'BTC/USDT'}""", "no valid JSON")]
    [InlineData("""{"symbol":"BTC/USDT",}""", "no valid JSON")]
    [InlineData("""{"symbol":"BTC/USDT"} {}""", "no valid JSON")]
    [InlineData("""{"symbol":"BTC/USDT" // comment""", "no valid JSON")]
    [InlineData("{", "no valid JSON")]
    public void BrokenJson_IsRefusedWithAHint(string body, string hint) => OnlyError(body).ShouldContain(hint);

    [Theory]
    [InlineData("symbol")]
    [InlineData("action")]
    [InlineData("trade_quantity")]
    [InlineData("id")]
    [InlineData("anything")]
    public void LoneSurrogate_IsAFieldError(string field)
    {
        var reading = Parse($$"""{"{{field}}":"\ud800"}""");

        reading.Errors.Where(e => e.Field == field).ShouldHaveSingleItem().Message.ShouldContain("surrogate");
    }

    [Theory]
    [InlineData("""{"\ud800":1,"symbol":"BTC/USDT","action":"buy","trade_quantity":1}""")]
    [InlineData("""{"symbol":"BTC/USDT","action":"buy","trade_quantity":1,"\udc00\ud800":1,"\udc00":1}""")]
    [InlineData("""{"ticker":"BTC/USDT","action":"buy","quantity":1,"takeProfit":{"\ud800":1}}""")]
    public void LoneSurrogateInAName_IsAnErrorAndNoCrash(string body) => Parse(body).Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("12345678901234567890123456789012345")]
    [InlineData("\"12345678901234567890123456789012345\"")]
    [InlineData("0.12345678901234567890123456789012345")]
    public void NumberOf35Digits_IsRefusedWhetherTextOrNumber(string number) =>
        OnlyError($$"""{"symbol":"BTC/USDT","action":"buy","trade_quantity":{{number}}}""").ShouldContain("35 significant digits");

    [Fact]
    public void EveryFieldThatIsWrong_IsNamedAtOnce()
    {
        var reading = Parse(
            """
            {"action":"hold","order_type":"iceberg","trade_price":"-1","trade_quantity":"NaN","order_amount":"{{close}}",
             "time":"yesterday","time_in_force":"soon","reduce_only":"maybe","stop_price":0,"sentiment":"sideways","exchange":{}}
            """
        );

        reading
            .Errors.Select(e => e.Field)
            .ShouldBe(
                [
                    "action",
                    "order_type",
                    "trade_price",
                    "trade_quantity",
                    "order_amount",
                    "time",
                    "time_in_force",
                    "reduce_only",
                    "stop_price",
                    "sentiment",
                    "exchange",
                    "symbol",
                ],
                ignoreOrder: true
            );
        reading.Errors.ShouldAllBe(e => e.Message.Length > 10 && e.Message.EndsWith('.'));
    }

    [Fact]
    public void NestedFieldsThatAreWrong_AreNamedByTheirPath()
    {
        var reading = Parse(
            """
            {"ticker":"BTCUSDT","action":"buy","quantity":1,"takeProfit":{"percent":"x"},"stopLoss":{"type":"no","percent":"-2","amount":[]}}
            """
        );

        reading
            .Errors.Select(e => e.Field)
            .ShouldBe(["takeProfit.percent", "stopLoss.type", "stopLoss.percent", "stopLoss.amount"], ignoreOrder: true);
    }

    [Fact]
    public void NothingStatedButTheAction_SaysWhatIsMissing() =>
        Parse("""{"action":"buy","order_type":"stop_limit"}""")
            .Errors.Select(e => e.Field)
            .ShouldBe(["symbol", "trade_quantity", "trade_price", "stop_price"]);

    [Theory]
    [InlineData("exit")]
    [InlineData("cancel")]
    public void ActionThatOpensNothing_NeedsNoSize(string action) =>
        Parse($$"""{"symbol":"BTC/USDT","action":"{{action}}"}""").Errors.ShouldBeEmpty();

    [Fact]
    public void SentimentFlat_NeedsNoSize() => Parse("""{"ticker":"BTC/USDT","action":"sell","sentiment":"flat"}""").Errors.ShouldBeEmpty();

    [Theory]
    [InlineData(SizeMode.Base, "0.5", null, null)]
    [InlineData(SizeMode.Quote, null, "0.5", null)]
    [InlineData(SizeMode.PercentOfEquity, null, null, "0.5")]
    public void WhatIsNotStated_ComesFromTheWebhook(SizeMode mode, string? quantity, string? cost, string? size)
    {
        var rules = Doors.Rules with { DefaultSymbol = "ETH/USDT", DefaultSize = new SignalSize(mode, 0.5m) };

        var draft = Parse("""{"action":"buy","order_type":"market"}""", rules).Draft!;

        draft.Symbol.ShouldBe("ETH/USDT");
        draft.Quantity.ShouldBe(quantity is null ? null : decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture));
        draft.Cost.ShouldBe(cost is null ? null : decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture));
        draft.Size?.Value.ShouldBe(decimal.Parse(size!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void WhatIsStated_BeatsTheWebhooksDefaults()
    {
        var rules = Doors.Rules with { DefaultSymbol = "ETH/USDT", DefaultSize = new SignalSize(SizeMode.PercentOfEquity, 10m) };

        var draft = Parse("""{"action":"buy","symbol":"BTC/USDT","order_amount":25}""", rules).Draft!;

        (draft.Symbol, draft.Cost, draft.Size).ShouldBe(("BTC/USDT", 25m, null));
    }

    [Theory]
    [InlineData("\"2026-01-02T03:04:05Z\"", "2026-01-02T03:04:05")]
    [InlineData("\"2026-01-02T05:04:05.123+02:00\"", "2026-01-02T03:04:05.123")]
    [InlineData("\"2026-01-02 03:04:05\"", "2026-01-02T03:04:05")]
    [InlineData("1767323045", "2026-01-02T03:04:05")]
    [InlineData("\"1767323045123\"", "2026-01-02T03:04:05.123")]
    public void TimeInItsForms_IsTheSameInstant(string time, string expected)
    {
        var draft = Parse($$"""{"symbol":"BTC/USDT","action":"exit","time":{{time}}}""").Draft!;

        draft.Time.ShouldBe(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        draft.Time!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    // Each of these is a time of day or a day without its year to a lenient reader, which fills in the rest from its own clock.
    [Theory]
    [InlineData("\"12-25\"")]
    [InlineData("\"10:00-05:00\"")]
    [InlineData("\"Jan-5\"")]
    [InlineData("\"{{timenow}}\"")]
    [InlineData("\"9999-12-31T23:59:59-14:00\"")]
    [InlineData("-5")]
    [InlineData("1e9")]
    [InlineData("99999999999999999")]
    public void TimeThatIsNoInstant_IsAFieldError(string time) =>
        Parse($$"""{"symbol":"BTC/USDT","action":"exit","time":{{time}}}""").Errors.ShouldHaveSingleItem().Field.ShouldBe("time");

    [Fact]
    public void UnknownFields_AreKeptAndLongOnesShortened()
    {
        var draft = Parse(
            $$"""
            {"symbol":"BTC/USDT","action":"exit","a":"text","b":1.50,"c":{"d":[true,null]},"e":null,"long":"{{new string('x', 600)}}"}
            """
        ).Draft!;

        draft.Extras.Keys.ShouldBe(["a", "b", "c", "e", "long"]);
        (draft.Extras["a"], draft.Extras["b"], draft.Extras["c"]).ShouldBe(("text", "1.50", """{"d":[true,null]}"""));
        draft.Extras["long"].Length.ShouldBeLessThan(520);
    }

    [Fact]
    public void TextOverItsLength_IsRefused() =>
        OnlyError($$"""{"symbol":"{{new string('B', 129)}}","action":"exit"}""").ShouldContain("129 characters");
}
