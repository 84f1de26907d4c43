using System.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class OkxPresetTests
{
    [Fact]
    public void StrategyForm() =>
        GoldenDraft.ShouldBe(
            """
            {"id":"Long","action":"buy","marketPosition":"long","prevMarketPosition":"flat","instrument":"BTCUSDT.P",
             "signalToken":"x","timestamp":"2026-01-02T03:04:05Z","maxLag":"30","investmentType":"base","amount":"0.25"}
            """,
            "okx",
            """
            {"symbol":"BTCUSDT.P","action":"buy","sentiment":"long","previousSentiment":"flat","orderType":"market","quantity":"0.25",
            "reduceOnly":false,"time":"2026-01-02T03:04:05.000000Z","maxLag":"00:00:30","extras":{"id":"Long"}}
            """
        );

    [Fact]
    public void UniversalForm() =>
        GoldenDraft.ShouldBe(
            """
            {"action":"EXIT_SHORT","instrument":"BTC-USDT-SWAP","signalToken":"x","timestamp":"1767323045123","orderType":"market",
             "orderPriceOffset":"","investmentType":"percentage_position","amount":"50"}
            """,
            "okx",
            """
            {"symbol":"BTC-USDT-SWAP","action":"exit","direction":"short","orderType":"market","size":{"mode":"percentOfPosition","value":"50"},
            "reduceOnly":false,"time":"2026-01-02T03:04:05.123000Z","maxLag":"00:01:00","extras":{"orderPriceOffset":""}}
            """
        );

    [Theory]
    [InlineData("base", "25 BTC")]
    [InlineData("contract", "25 BTC")]
    [InlineData("margin", "25 USDT")]
    [InlineData("percentage_balance", "25 % of available")]
    [InlineData("percentage_investment", "25 % of equity")]
    [InlineData("percentage_position", "25 % of position")]
    public void InvestmentTypes(string type, string words) =>
        SizeLabels
            .Of(
                GoldenDraft.Read($$"""{"action":"ENTER_LONG","instrument":"BTC-USDT","investmentType":"{{type}}","amount":"25"}""").Draft!,
                "BTC/USDT"
            )
            .ShouldBe(words);

    [Theory]
    [InlineData("""{"instrument":"BTC-USDT","amount":1}""", "action")]
    [InlineData("""{"instrument":"BTC-USDT","action":"hold","amount":1}""", "action")]
    [InlineData("""{"signalToken":"x","action":"buy","amount":1}""", "instrument")]
    [InlineData("""{"instrument":"BTC-USDT","action":"buy"}""", "amount")]
    [InlineData("""{"instrument":"BTC-USDT","action":"buy","amount":101,"investmentType":"percentage_balance"}""", "amount")]
    [InlineData("""{"instrument":"BTC-USDT","action":"buy","amount":1,"orderType":"limit"}""", "price")]
    [InlineData("""{"instrument":"BTC-USDT","action":"buy","amount":1,"maxLag":"long"}""", "maxLag")]
    [InlineData("""{"instrument":"BTC-USDT","action":"buy","amount":1,"marketPosition":"sideways"}""", "marketPosition")]
    public void WhatIsWrong_IsNamedByItsField(string body, string field) =>
        GoldenDraft.Read(body).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Theory]
    [InlineData("right", null)]
    [InlineData("wrong", AuthFailure.SecretWrong)]
    public void SignalToken_AuthenticatesLikeASecret(string token, AuthFailure? failure) =>
        WebhookAuth
            .Check(
                Doors.Secret("right"),
                default,
                Encoding.UTF8.GetBytes($$"""{"instrument":"BTC-USDT","signalToken":"{{token}}"}"""),
                DateTime.UnixEpoch,
                TimeSpan.FromSeconds(300)
            )
            .ShouldBe(failure);

    [Fact]
    public void AlertOlderThanAMinute_IsStaleThoughTheWebhookWouldTakeIt()
    {
        var reading = GoldenDraft.Read("""{"instrument":"BTC-USDT","action":"buy","amount":1,"timestamp":"2026-01-02T03:04:05Z"}""");

        PrecheckResult
            .Of(reading, Doors.Rules, marketSet: null, new DateTime(2026, 1, 2, 3, 5, 6, DateTimeKind.Utc))
            .Status.ShouldBe(SignalStatus.Stale);
    }
}
