using System.Text;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class WunderTradingPresetTests
{
    private const string Secret = "8e34479cfe49027eda195457";

    [Fact]
    public void Json() =>
        GoldenDraft.ShouldBe(
            $$"""
            {"code":"ENTER-LONG_Binance_BTCUSDT_My bot_15M_{{Secret}}","orderType":"limit","price":"60000.10","amountPerTradeType":"percents",
             "amountPerTrade":0.10,"leverage":5,"stopLoss":{"priceDeviation":0.025},
             "takeProfits":[{"priceDeviation":"0.015","portfolio":"0.5"},{"price":65000,"portfolio":0.5}],"reduceOnly":false,"secret":"x"}
            """,
            "wunderTrading",
            """
            {"exchange":"Binance","symbol":"BTCUSDT","action":"buy","direction":"long","orderType":"limit","price":"60000.10","seenPrice":"60000.10",
            "size":{"mode":"percentOfAvailable","value":"10"},"takeProfits":[{"percent":"1.5","share":"50","orderType":"limit"},
            {"limitPrice":"65000","share":"50","orderType":"limit"}],"stopLoss":{"orderType":"stop","percent":"2.5","breakEven":false},
            "reduceOnly":false,"extras":{"leverage":"5"}}
            """
        );

    [Theory]
    [InlineData("ENTER-LONG_Binance_BTCUSDT_My bot_15M_" + Secret, "Binance", "BTCUSDT", SignalAction.Buy, Direction.Long)]
    [InlineData("enter-short_Bybit_ETH/USDT", "Bybit", "ETH/USDT", SignalAction.Sell, Direction.Short)]
    [InlineData(" EXIT-LONG_Bybit_NONE_Eth 15_15M_" + Secret + "\r\n", "Bybit", "SOL/USDT", SignalAction.Exit, Direction.Long)]
    [InlineData("Exit-Short", null, "SOL/USDT", SignalAction.Exit, Direction.Short)]
    [InlineData("EXIT-ALL", null, "SOL/USDT", SignalAction.Exit, null)]
    public void CodeAsTheWholeMessage(string body, string? exchange, string symbol, SignalAction action, Direction? direction)
    {
        var rules = Doors.Rules with { DefaultSymbol = "SOL/USDT", DefaultSize = new SignalSize(SizeMode.Quote, 25m) };
        foreach (var preset in new[] { "auto", "wunderTrading" })
        {
            var reading = GoldenDraft.Read(body, rules with { Preset = preset });

            reading.Errors.ShouldBeEmpty();
            reading.Preset.ShouldBe("wunderTrading");
            var draft = reading.Draft!;
            (draft.Exchange, draft.Symbol, draft.Action, draft.Direction).ShouldBe((exchange, symbol, action, direction));
            draft.Cost.ShouldBe(action == SignalAction.Exit ? null : 25m);
        }
    }

    [Theory]
    [InlineData("base", 2, "2 BTC")]
    [InlineData("contracts", 2, "2 BTC")]
    [InlineData("quote", 2, "2 USDT")]
    [InlineData("$", 2, "2 USDT")]
    [InlineData("percents", 0.333, "33.3 % of available")]
    public void AmountTypes(string type, decimal amount, string words)
    {
        var draft = GoldenDraft
            .Read($$"""{"code":"ENTER-LONG","symbol":"BTC/USDT","amountPerTradeType":"{{type}}","amountPerTrade":"{{amount}}"}""")
            .Draft!;

        SizeLabels.Of(draft, "BTC/USDT").ShouldBe(words);
        draft.SizeInDollars.ShouldBe(type == "$");
    }

    [Fact]
    public void ShareOfAnExit_IsOfThePosition() =>
        GoldenDraft
            .Read("""{"code":"EXIT-LONG","symbol":"BTC/USDT","amountPerTradeType":"percents","amountPerTrade":1}""")
            .Draft!.Size.ShouldBe(new SignalSize(SizeMode.PercentOfPosition, 100m));

    [Theory]
    [InlineData("""{"code":"HOLD_Binance_BTCUSDT","amountPerTrade":1,"symbol":"BTCUSDT"}""", "code")]
    [InlineData("""{"code":"ENTER-LONGER","amountPerTrade":1,"symbol":"BTCUSDT"}""", "code")]
    [InlineData("""{"code":{},"amountPerTrade":1,"symbol":"BTCUSDT"}""", "code")]
    [InlineData("""{"code":"ENTER-LONG","amountPerTrade":1}""", "symbol")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT"}""", "amountPerTrade")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT","amountPerTradeType":"percents","amountPerTrade":10}""", "amountPerTrade")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT","amountPerTrade":1,"orderType":"limit"}""", "price")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT","amountPerTrade":1,"stopLoss":{}}""", "stopLoss")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT","amountPerTrade":1,"takeProfits":{}}""", "takeProfits")]
    [InlineData("""{"code":"ENTER-LONG_B_BTCUSDT","amountPerTrade":1,"takeProfits":[{"portfolio":1}]}""", "takeProfits[0]")]
    [InlineData(
        """{"code":"ENTER-LONG_B_BTCUSDT","amountPerTrade":1,"takeProfits":[{"priceDeviation":0.1},{"priceDeviation":0.2,"portfolio":0.5}]}""",
        "takeProfits"
    )]
    public void WhatIsWrong_IsNamedByItsField(string body, string field) =>
        GoldenDraft.Read(body).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public void MissingCode_IsSaid() =>
        GoldenDraft
            .Read("""{"symbol":"BTCUSDT","amountPerTrade":1}""", Doors.Rules with { Preset = "wunderTrading" })
            .Errors.ShouldHaveSingleItem()
            .Field.ShouldBe("code");

    [Theory]
    [InlineData("ENTER-LONG_Binance_BTCUSDT_bot_1h_{0}")]
    [InlineData("enter-long_Binance_NONE_{0}")]
    [InlineData("EXIT-ALL_Binance_BTCUSDT_my_long_name_{0}\r\n")]
    [InlineData("{{\"code\":\"EXIT-LONG_Bybit_NONE_Eth short 15_15M_{0}\",\"amountPerTrade\":1}}")]
    [InlineData("{{\"code\":\"EXIT\\u002dLONG_Bybit_NONE_Eth short 15_15M_{0}\"}}")]
    [InlineData("{{\"note\":{{\"deep\":[\"EXIT-LONG_Bybit_NONE_Eth_15M_{0}\"]}}}}")]
    [InlineData("{{\"code\":\"ENTER-LONG_Binance_BTCUSDT_bot_1h_{0}\",\"b\":NaN}}")]
    [InlineData("ENTER-LONG_Binance_BTCUSDT_bot_1h_{0}\nEXIT-LONG_Binance_BTCUSDT_bot_1h_{0}")]
    public void SecretOfACode_IsCut(string format)
    {
        var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Secret);

        SecretFields.Redact(Encoding.UTF8.GetBytes(body), []).Text.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("ENTER-LONG_Binance_BTCUSDT")]
    [InlineData("ENTER-LONG")]
    [InlineData("""{"code":"ENTER-LONG_Binance_BTC-USDT","time":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"note":"re-enter-long_term_holds and exit-interviews_a_b_c_d"}""")]
    public void CodeWithoutASecret_IsKeptAsItCame(string body) => SecretFields.Redact(Encoding.UTF8.GetBytes(body), []).Text.ShouldBe(body);
}
