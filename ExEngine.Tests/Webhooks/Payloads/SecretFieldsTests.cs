using System.Text;
using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>Nothing of a secret may be left in what is kept: the payload, the draft, its extras, the errors.</summary>
public sealed class SecretFieldsTests
{
    private const string Ours = "open-sesame-47";
    private const string Theirs = "their-key-11";

    private static readonly WebhookSecret[] Secrets = [Doors.TextSecret(Ours)];

    public static TheoryData<string> Bodies =>
        [
            $$"""{"secret":"{{Ours}}","action":"buy","symbol":"BTC/USDT"}""",
            $$"""{"action":"buy","passphrase" : "{{Ours}}"}""",
            $$"""{"SECRET":"{{Theirs}}","Passphrase":"{{Ours}}"}""",
            $$$"""{"a":{"b":[{"secret":"{{{Theirs}}}"},{"apiKey":["{{{Theirs}}}",{"x":"{{{Ours}}}"}]}]}}""",
            $$"""{"signalToken":"{{Theirs}}","password":{"value":"{{Theirs}}"},"api_key":"{{Theirs}}","apiSecret":"{{Theirs}}"}""",
            $$$"""{"tv_instrument":"BTCUSDT","secret":"{{{Theirs}}}","bot_uuid":"{{{Theirs}}}","order":{"bot_uuid":"{{{Theirs}}}"}}""",
            $$"""{"tv_instrument":"BTCUSDT","bot_uuid": "{{Theirs}}","x":NaN}""",
            $$"""{"\u0073ecret":"{{Theirs}}","p\u0061ssword":"{{Theirs}}"}""",
            $$"""{"comment":"{{Ours}}","action":"{{Ours}}","symbol":"{{Ours}}","extra":{"deep":["{{Ours}}"]},"id":"{{Ours}}"}""",
            $$"""{"comment":"{{Ours.Replace("o", "\\u006f", StringComparison.Ordinal)}}","symbol":"\u006fpen-sesame-47"}""",
            $$$"""{"trade_quantity":{"secret":"{{{Theirs}}}"},"action":{"secret":"{{{Theirs}}}"}}""",
            $$$"""{"{{{Ours}}}":"a name","takeProfit":{"{{{Ours}}}":1}}""",
            $$"""{"\ud800":1,"secret":"{{Theirs}}"}""",
            $$"""{"a":NaN,"secret":"{{Theirs}}"}""",
            $$"""{"a":NaN,"Secret" : '{{Theirs}}', "b": 1}""",
            $$"""{"secret":"{{Theirs}}""",
            $$"""{"secret":{"a":"{{Theirs}}" """,
            $$"""{"secret":["{{Theirs}}" NaN""",
            $$"""{“secret”:“{{Theirs}}”,“action”:“buy”}""",
            $$"""{"secret":"{{Theirs}}","secret":"{{Theirs}}"}""",
            $$"""{"n":12345678901234567890123456789012345,"x":"\q","secret":"{{Theirs}}"}""",
            $"buy BTC/USDT {Ours}",
            $"{Ours} BTC/USDT 1",
            $"buy {Ours} 0.001",
            $"secret={Theirs}",
            $$"""{"message_type":"bot","bot_id":123456,"email_token":"{{Theirs}}","delay_seconds":0,"pair":"USDT_BTC"}""",
            $"SYMBOL=BTCUSDT\nSIGNAL=SELL\nTOKEN={Theirs}",
            $"buy BTC/USDT 0.001 ACCESS_KEY={Theirs}",
            $$$"""{"exchange":"binance","pair":"BTCUSDT","token":"{{{Theirs}}}","apiKey":"{{{Theirs}}}","deep":[{"X-Auth":"{{{Theirs}}}"}]}""",
            $$$"""{"pwd":"{{{Theirs}}}","userPass":"{{{Theirs}}}","license-key":"{{{Theirs}}}","signature":{"v1":"{{{Theirs}}}"},"uuid":"{{{Theirs}}}"}""",
            $$"""{"action":"buy","comment":"sent with api_token={{Theirs}} by bot"}""",
            $$"""{"action":"buy","comment":"say \"password\": \"{{Theirs}}\""}""",
            $"password: {Theirs} buy",
            $"\uFEFF{{\"secret\":\"{Theirs}\"}}",
            $"{{\"a\":\"\0\",\"secret\":\"{Theirs}\"}}",
        ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void SecretAnywhere_IsInNothingThatIsKept(string body)
    {
        var (kept, payload) = SecretFields.Redact(Encoding.UTF8.GetBytes(body), Secrets);
        var reading = SignalParser.Parse(kept, Doors.Rules with { DefaultSymbol = "BTC/USDT" });
        var findings = PrecheckResult.Of(reading, Doors.Rules, marketSet: null, DateTime.UnixEpoch);
        var everything = string.Join('\n', payload, JsonSerializer.Serialize(findings, ExactJson.Options), reading.Draft?.Id);

        everything.ShouldNotContain(Ours);
        everything.ShouldNotContain(Theirs);
        payload.ShouldContain("***");
    }

    [Theory]
    [InlineData("""{"action":"buy","symbol":"BTC/USDT","comment":"the secretary, \"apiKey\" and a password"}""")]
    [InlineData("""{"a": [1, {"b" : null}] , "long \u0041 name":"\n\t\\"}""")]
    [InlineData("buy BTC/USDT 0.001")]
    [InlineData("a secret sale")]
    [InlineData("""{"action":"buy","passiveOnly":true,"comment":"passive=true"}""")]
    [InlineData("")]
    public void BodyWithoutASecret_IsKeptAsItCame(string body) =>
        SecretFields.Redact(Encoding.UTF8.GetBytes(body), Secrets).Text.ShouldBe(body);

    [Fact]
    public void CutField_LeavesItsNeighboursAsTheyCame() =>
        SecretFields
            .Redact(Encoding.UTF8.GetBytes($$""" { "b":1.10 , "secret" : "{{Ours}}" , "c": [ 1,2 ] } """), Secrets)
            .Text.ShouldBe(""" { "b":1.10 , "secret" : "***" , "c": [ 1,2 ] } """);

    [Fact]
    public void CutBody_ReadsLikeTheBodyWithoutItsSecret()
    {
        var (kept, _) = SecretFields.Redact(
            Encoding.UTF8.GetBytes($$"""{"symbol":"BTC/USDT","action":"buy","trade_quantity":0.10,"secret":"{{Ours}}"}"""),
            Secrets
        );

        var reading = SignalParser.Parse(kept, Doors.Rules);

        reading.Errors.ShouldBeEmpty();
        reading.Draft!.Quantity.ShouldBe(0.10m);
        reading.Draft.Extras.ShouldBeEmpty();
    }

    [Fact]
    public void BadUtf8AndNul_BecomeStorableText()
    {
        var (kept, payload) = SecretFields.Redact([.. "{\"a\":\""u8, 0xFF, 0x00, .. "\"}"u8], Secrets);

        payload.ShouldBe("{\"a\":\"\uFFFD\uFFFD\"}");
        SignalParser.Parse(kept, Doors.Rules).Errors.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");
    }
}
