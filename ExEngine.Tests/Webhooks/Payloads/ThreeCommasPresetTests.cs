using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

public sealed class ThreeCommasPresetTests
{
    [Fact]
    public void Strategy() =>
        GoldenDraft.ShouldBe(
            """
            {"secret":"x","max_lag":"300","timestamp":"2026-01-02T03:04:05Z","trigger_price":"60123.45","tv_exchange":"BINANCE",
             "tv_instrument":"BTCUSDT","action":"sell","bot_uuid":"0b6e1b1c-1111-2222-3333-444455556666",
             "strategy_info":{"market_position":"short","market_position_size":"0.25","prev_market_position":"long","prev_market_position_size":"0.50"},
             "order":{"amount":"0.75","currency_type":"base"}}
            """,
            "threeCommasStrategy",
            """
            {"exchange":"BINANCE","symbol":"BTCUSDT","action":"sell","sentiment":"short","previousSentiment":"long","positionSize":"0.25",
            "previousPositionSize":"0.50","orderType":"market","seenPrice":"60123.45","quantity":"0.75","reduceOnly":false,
            "time":"2026-01-02T03:04:05.000000Z","maxLag":"00:05:00"}
            """
        );

    [Fact]
    public void Custom() =>
        GoldenDraft.ShouldBe(
            """
            {"secret":"x","max_lag":300,"timestamp":"1767323045","trigger_price":60123.45,"tv_exchange":"BINANCE","tv_instrument":"BTCUSDT",
             "action":"enter_long","bot_uuid":"0b6e1b1c-1111-2222-3333-444455556666",
             "order":{"amount":"25","currency_type":"margin_percent","order_type":"limit","price":"60000.10","leverage":"5"},
             "take_profit":{"enabled":true,"steps":[
                {"order_type":"limit","price_percent":"1.5","volume_percent":"50"},
                {"order_type":"market","price_percent":3,"volume_percent":50}]},
             "stop_loss":{"enabled":true,"breakeven":true,"order_type":"limit","trigger_price_percent":"2.25"}}
            """,
            "threeCommasCustom",
            """
            {"exchange":"BINANCE","symbol":"BTCUSDT","action":"buy","direction":"long","orderType":"limit","price":"60000.10","seenPrice":"60123.45",
            "size":{"mode":"percentOfAvailable","value":"25"},"takeProfits":[{"percent":"1.5","share":"50","orderType":"limit"},
            {"percent":"3","share":"50","orderType":"market"}],"stopLoss":{"orderType":"stopLimit","percent":"2.25","breakEven":true},
            "reduceOnly":false,"time":"2026-01-02T03:04:05.000000Z","maxLag":"00:05:00","extras":{"order.leverage":"5"}}
            """
        );

    [Fact]
    public void CustomExitOfAShare() =>
        GoldenDraft.ShouldBe(
            """{"tv_instrument":"BTCUSDT","action":"exit_long","order":{"amount":50,"currency_type":"margin_percent"},"take_profit":{"enabled":"false"}}""",
            "threeCommasCustom",
            """
            {"symbol":"BTCUSDT","action":"exit","direction":"long","orderType":"market","size":{"mode":"percentOfPosition","value":"50"},
            "reduceOnly":false}
            """
        );

    [Theory]
    [InlineData("enter_long", "Buy Long")]
    [InlineData("EXIT_LONG", "Exit Long")]
    [InlineData("enter_short", "Sell Short")]
    [InlineData("exit_short", "Exit Short")]
    public void CustomActions(string action, string expected)
    {
        var draft = GoldenDraft.Read($$$"""{"tv_instrument":"BTCUSDT","action":"{{{action}}}","order":{"amount":1}}""").Draft!;

        $"{draft.Action} {draft.Direction}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"tv_instrument":"BTCUSDT","strategy_info":{},"order":{"amount":1}}""", "action")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"enter_long","strategy_info":{},"order":{"amount":1}}""", "action")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"buy","order":{"amount":1}}""", "action")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"buy","strategy_info":{}}""", "order.amount")]
    [InlineData("""{"bot_uuid":"x","action":"enter_long","order":{"amount":1}}""", "tv_instrument")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":"{{strategy.order.contracts}}"}}""", "order.amount")]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":101,"currency_type":"margin_percent"}}""",
        "order.amount"
    )]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1,"currency_type":"lots"}}""", "order.currency_type")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1,"order_type":"limit"}}""", "order.price")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"buy","max_lag":0,"strategy_info":{},"order":{"amount":1}}""", "max_lag")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"buy","timestamp":"soon","strategy_info":{},"order":{"amount":1}}""", "timestamp")]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"buy","strategy_info":{"market_position_size":-1},"order":{"amount":1}}""",
        "strategy_info.market_position_size"
    )]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1},"take_profit":{"enabled":true}}""",
        "take_profit.steps"
    )]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1},"take_profit":{"steps":[{"price_percent":1,"volume_percent":60},{"price_percent":2,"volume_percent":60}]}}""",
        "take_profit.steps"
    )]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1},"take_profit":{"steps":[{"volume_percent":60}]}}""",
        "take_profit.steps[0].price_percent"
    )]
    [InlineData(
        """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1},"stop_loss":{"enabled":true}}""",
        "stop_loss.trigger_price_percent"
    )]
    public void WhatIsWrong_IsNamedByItsField(string body, string field) =>
        GoldenDraft.Read(body).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);
}
