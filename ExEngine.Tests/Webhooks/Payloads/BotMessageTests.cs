using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Bots;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class BotMessageTests
{
    [Theory]
    [InlineData("""{"action":"start_bot","bot":"Eth"}""", "StartBot Eth")]
    [InlineData("""{"action":"stop_bot","bot":"Eth"}""", "StopBot Eth")]
    [InlineData("""{"action":"stop_bot","bot":"Eth","how":"close"}""", "StopBot Eth Close")]
    [InlineData("""{"action":"pause_bot","bot":"Eth"}""", "PauseBot Eth")]
    [InlineData("""{"action":"Resume_Bot","bot":"Eth"}""", "ResumeBot Eth")]
    [InlineData("""{"action":"start_deal","bot":"Eth","price":"{{close}}"}""", "StartDeal Eth")]
    [InlineData("""{"action":"close_deal","bot":"Eth","deal":3}""", "CloseDeal Eth deal 3")]
    [InlineData("""{"action":"cancel_deal","bot":"Eth"}""", "CancelDeal Eth")]
    [InlineData("""{"action":"add_funds","bot":"Eth","amount":"100.50"}""", "AddFunds Eth 100.50")]
    [InlineData("""{"action":"add_funds","bot":"Eth","amount":100,"price":"99.5"}""", "AddFunds Eth 100 at 99.5")]
    public void Native(string body, string expected)
    {
        foreach (var preset in new[] { "auto", "native", "tradersPost", "okx" })
        {
            var reading = GoldenDraft.Read(body, Doors.Rules with { Preset = preset });

            reading.Errors.ShouldBeEmpty();
            reading.Refusal.ShouldBeNull();
            reading.Preset.ShouldBe("native");
            Said(reading).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("", "StartDeal 123456")]
    [InlineData(""","action":"start_bot" """, "StartBot 123456")]
    [InlineData(""","action":"start_bot_and_start_deal" """, "StartBotAndDeal 123456")]
    [InlineData(""","action":"stop_bot" """, "StopBot 123456")]
    [InlineData(""","action":"close_at_market_price" """, "CloseDeal 123456")]
    [InlineData(""","action":"close_at_market_price_all" """, "CloseDeal 123456")]
    [InlineData(""","action":"close_at_market_price_all_and_stop_bot" """, "StopBot 123456 Close")]
    [InlineData(""","action":"cancel" """, "CancelDeal 123456")]
    [InlineData(""","action":"cancel_all_deals" """, "CancelDeal 123456")]
    [InlineData(""","action":"cancel_all_and_stop_bot" """, "StopBot 123456 Cancel")]
    [InlineData(""","action":"stop_bot_and_disable_after_deal" """, "StopBot 123456 Finish")]
    [InlineData(""","action":"add_funds_in_quote","volume":20""", "AddFunds 123456 20")]
    [InlineData(""","action":"add_funds_in_quote","volume":"20","price":"99" """, "AddFunds 123456 20 at 99")]
    [InlineData(""","action":"add_funds_in_base","volume":"0.5","price":"100" """, "AddFunds 123456 50 at 100")]
    public void ThreeCommas(string more, string expected)
    {
        var reading = GoldenDraft.Read(
            $$"""{"message_type":"bot","bot_id":123456,"email_token":"0b6e-1b1c","delay_seconds":20,"pair":"USDT_BTC"{{more}}}"""
        );

        reading.Errors.ShouldBeEmpty();
        reading.Refusal.ShouldBeNull();
        reading.Preset.ShouldBe(BotMessages.ThreeCommasId);
        Said(reading).ShouldBe(expected);
        reading.Draft!.Symbol.ShouldBe("USDT_BTC");
        reading.Draft.Delay.ShouldBe(TimeSpan.FromSeconds(20), "A delay is kept.");
        SignalDetailJson.Write(new SignalDetail { Draft = reading.Draft }).ShouldNotContain("0b6e");
    }

    [Theory]
    [InlineData("""{"message_type":"grid_bot","bot_id":1,"action":"start_bot"}""", "StartBot 1")]
    [InlineData("""{"message_type":"grid_bot","bot_id":1,"action":"stop_bot"}""", "StopBot 1")]
    public void GridOfThreeCommas(string body, string expected) => Said(GoldenDraft.Read(body)).ShouldBe(expected);

    [Fact]
    public void Golden() =>
        SignalDetailJson
            .Write(
                new SignalDetail
                {
                    Draft = GoldenDraft
                        .Read("""{"action":"add_funds","bot":"Eth","amount":"5","id":"a","time":"2026-01-02T03:04:05Z","interval":"15"}""")
                        .Draft,
                }
            )
            .ShouldBe(
                """
                {"draft":{"id":"a","action":"bot","orderType":"market","reduceOnly":false,"time":"2026-01-02T03:04:05.000000Z",
                "bot":{"act":"addFunds","bot":"Eth","amount":"5"},"extras":{"interval":"15"}}}
                """.ReplaceLineEndings("")
            );

    [Theory]
    [InlineData("""{"action":"start_bot"}""", "bot")]
    [InlineData("""{"action":"start_bot","bot":""}""", "bot")]
    [InlineData("""{"action":"start_bot","bot":["Eth"]}""", "bot")]
    [InlineData("""{"action":"stop_bot","bot":"Eth","how":"melt"}""", "how")]
    [InlineData("""{"action":"start_bot","bot":"Eth","how":"close"}""", "how")]
    [InlineData("""{"action":"add_funds","bot":"Eth"}""", "amount")]
    [InlineData("""{"action":"add_funds","bot":"Eth","amount":"0"}""", "amount")]
    [InlineData("""{"action":"add_funds","bot":"Eth","amount":"-5"}""", "amount")]
    [InlineData("""{"action":"add_funds","bot":"Eth","amount":"much"}""", "amount")]
    [InlineData("""{"action":"close_deal","bot":"Eth","amount":"5"}""", "amount")]
    [InlineData("""{"action":"close_deal","bot":"Eth","deal":"1.5"}""", "deal")]
    [InlineData("""{"action":"start_deal","bot":"Eth","deal":"1"}""", "deal")]
    [InlineData("""{"action":"start_deal","bot":"Eth","delay":"9000"}""", "delay")]
    [InlineData("""{"message_type":"bot","bot_id":1,"action":"start_trailing"}""", "action")]
    [InlineData("""{"message_type":"deal","bot_id":1,"action":"cancel"}""", "message_type")]
    [InlineData("""{"message_type":"bot","bot_id":1,"action":"add_funds_in_quote"}""", "volume")]
    [InlineData("""{"message_type":"bot","bot_id":1,"action":"add_funds_in_base","volume":1}""", "volume")]
    [InlineData("""{"message_type":"bot","bot_id":1,"action":"start_bot","volume":1}""", "volume")]
    [InlineData("""{"message_type":"bot","bot_id":1,"delay_seconds":-1}""", "delay_seconds")]
    public void Wrong(string body, string field)
    {
        var reading = GoldenDraft.Read(body);

        reading.Errors.ShouldContain(e => e.Field == field);
        reading.Errors.Count(e => e.Field == field).ShouldBe(1, string.Join(" ", reading.Errors));
    }

    [Theory]
    [InlineData("""{"action":"start_deal","bot":"Eth","quantity":"0.5"}""", "quantity")]
    [InlineData("""{"action":"close_deal","bot":"Eth","percent":"50"}""", "percent")]
    [InlineData("""{"action":"start_deal","bot":"Eth","stop_loss":"90"}""", "stop_loss")]
    public void WhatSaysHowToTrade_IsRefused(string body, string field)
    {
        var findings = PrecheckResult.Of(GoldenDraft.Read(body), Doors.Rules, null, DateTime.UnixEpoch);

        (findings.Status, findings.Code).ShouldBe((SignalStatus.Refused, SignalCodes.FieldNotRead));
        findings.Detail.Refusal!.Field.ShouldBe(field);
    }

    [Fact]
    public void NoRulesAreAsked_AndAnOldOneIsStale()
    {
        var now = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var fresh = PrecheckResult.Of(GoldenDraft.Read("""{"action":"start_bot","bot":"Eth"}"""), Doors.Rules, null, now);
        var old = PrecheckResult.Of(
            GoldenDraft.Read("""{"action":"start_bot","bot":"Eth","time":"2026-01-02T02:00:00Z"}"""),
            Doors.Rules,
            null,
            now
        );

        (fresh.Status, fresh.Detail.Notes.Count).ShouldBe((SignalStatus.Accepted, 0));
        old.Status.ShouldBe(SignalStatus.Stale);
    }

    [Fact]
    public void EmailToken_IsReadAsASecretWhereNoOtherStands()
    {
        SecretFields.ReadAny("""{"bot_id":1,"email_token":"mine"}"""u8).ShouldBe(["mine"]);
        SecretFields.ReadAny("""{"secret":"ours","email_token":"theirs"}"""u8).ShouldBe(["ours"]);
        SecretFields.Read("""{"bot_id":1,"email_token":"mine"}"""u8).ShouldBeEmpty();
        SecretFields.ReadAny("""{"order":{"email_token":"nested"}}"""u8).ShouldBeEmpty();
    }

    private static string Said(SignalReading reading)
    {
        reading.Draft!.Action.ShouldBe(SignalAction.Bot);
        var bot = reading.Draft.Bot!;
        return string.Join(
            ' ',
            new[]
            {
                bot.Act.ToString(),
                bot.Bot,
                bot.How?.ToString(),
                bot.Deal is { } deal ? $"deal {deal}" : null,
                bot.Amount is { } amount ? Core.Text.ExactJson.Text(amount) : null,
                bot.Price is { } price ? $"at {Core.Text.ExactJson.Text(price)}" : null,
            }.Where(t => t is not null)
        );
    }
}
