using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>What is understood under other names, what is refused because it was not, and what stays harmless.</summary>
public sealed class FieldWordsTests
{
    private static readonly SignalRules DefaultSize = Doors.Rules with { DefaultSize = new SignalSize(SizeMode.Quote, 500m) };

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","action":"sell","contracts":"0.005"}""")]
    [InlineData("""{"symbol":"BTCUSDT","action":"sell","Order Qty":0.005}""")]
    [InlineData("""{"symbol":"BTCUSDT","action":"sell","strategy":{"order":{"contracts":"0.005"}}}""")]
    [InlineData("""{"symbol":"BTCUSDT","strategy":{"order":{"action":"sell","contracts":"0.005"}}}""")]
    [InlineData("""{"ticker":"BTCUSDT","side":"sell","qty":"0.005"}""")]
    [InlineData("""{"ticker":"BTCUSDT","action":"sell","quantity":"0.005","contracts":0.0050}""")]
    [InlineData("""{"ticker":"BTCUSDT","action":"sell","quantity":"0.005","amount":""}""")]
    [InlineData("""{"ticker":"BTCUSDT","action":"sell","quantity":"0.005","volume":"1834.2","close":"100000"}""")]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"exit_long","amount":"0.005"}""")]
    [InlineData("""{"ticker":"BTCUSDT","action":"sell","amount":"0.005","currency":"BTC"}""")]
    [InlineData("""{"orders":[{"symbol":"BTCUSDT","action":"sell","quantity":"0.005"}]}""")]
    public void SizeInOtherWords_IsRead(string body)
    {
        var reading = Clear(body, DefaultSize);

        (reading.Draft!.Quantity, reading.Draft.Cost).ShouldBe((0.005m, null));
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","amount":"0.001"}""", "field_not_read", "amount")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","volume":"0.001"}""", "field_not_read", "volume")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","lots":1}""", "field_not_read", "lots")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","exit_qty":"0.005"}""", "field_not_read", "exit_qty")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","closePercent":{"x":1},"qty_pct":50}""", "field_not_read", "qty_pct")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","close_percent":50}""", "field_not_read", "close_percent")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","sellpct":50}""", "field_not_read", "sellpct")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","fraction":0.5}""", "field_not_read", "fraction")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","how_much":"25%"}""", "field_not_read", "how_much")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","lots":"2 lots"}""", "field_not_read", "lots")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","quantity":1,"profit_percent":3}""", "field_not_read", "profit_percent")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","cash":100}""", "field_not_read", "cash")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","orderValue":"100"}""", "field_not_read", "orderValue")]
    [InlineData("""{"instId":"BTC-USDT","side":"buy","ordType":"limit","px":"2.15","sz":"2"}""", "field_not_read", "sz")]
    [InlineData(
        """{"symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"100","unitOfQty":"quoteCoin"}""",
        "field_not_read",
        "unitOfQty"
    )]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","qty":"1","maxSlippage":"0.1"}""", "field_not_read", "maxSlippage")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","riskPercent":1}""", "field_not_read", "riskPercent")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","quantiy":1}""", "field_not_read", "quantiy")]
    [InlineData("""{"pair":"BTCUSDT","isBuy":true,"action":"buy","unitsPercent":1}""", "field_not_read", "isBuy")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","quantity":"25%"}""", "unit_unclear", "quantity")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","amount":"100","currency":"EUR"}""", "unit_unclear", "currency")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","qty":"2"}""", "fields_disagree", "qty")]
    [InlineData("""{"ticker":"BTCUSDT","symbol":"ETHUSDT","action":"buy","quantity":"1"}""", "fields_disagree", "symbol")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","side":"sell","quantity":"1"}""", "fields_disagree", "side")]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","quantity":"1","cost":"5"}""", "order_unclear", "order_amount")]
    [InlineData("""{"symbol":"BTCUSDT","action":"sell","quantity":"1","stopPrice":"5"}""", "order_unclear", "stop_price")]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","orderType":"market","limitPrice":"5"}""",
        "order_unclear",
        "limitPrice"
    )]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","trailPercent":"5"}""", "order_unclear", "trailPercent")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","style":"limit","price":"5"}""", "field_not_read", "style")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","how":"percent_of_equity"}""", "field_not_read", "how")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","trailing_stop":"2%"}""", "field_not_read", "trailing_stop")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","stop_distance":2}""", "field_not_read", "stop_distance")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","exit":{"price":2}}""", "field_not_read", "exit")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","exit_stop":{"price":2}}""", "field_not_read", "exit_stop")]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","stopLoss":{"percent":2,"trail":1}}""",
        "field_not_read",
        "stopLoss.trail"
    )]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","tp1":2,"tp2":3}""", "fields_disagree", "tp2")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","postOnly":true}""", "field_not_read", "postOnly")]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","orders":[{"quantity":1},{"quantity":2}]}""", "field_not_read", "orders[1].quantity")]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"sell","quantity":"1","orderType":"limit","limitPrice":"9","sl":"2"}""",
        "order_unclear",
        "stopLoss"
    )]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"2","prev_market_position":"short"}""", "reversal_unclear", "quantity")]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=CANCEL;EXCHANGE_ORDER_IDS=a", "field_not_read", "EXCHANGE_ORDER_IDS")]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;TRAILING_PROFILE=x", "field_not_read", "TRAILING_PROFILE")]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=12s%", "unit_unclear", "VOLUME")]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;PRICE=5;STOP_PRICE=-3d", "order_unclear", "STOP_PRICE")]
    [InlineData(
        "SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;TAKE_PROFIT_PRICE=9;TAKE_PROFIT_PRICE_1=10;TAKE_PROFIT_VOLUME_RATIO=1",
        "order_unclear",
        "TAKE_PROFIT_VOLUME_RATIO"
    )]
    public void WhatIsNotUnderstood_RefusesAndIsNamed(string body, string code, string field)
    {
        foreach (var rules in new[] { Doors.Rules, DefaultSize })
        {
            var reading = GoldenDraft.Read(body, rules);

            reading.Errors.ShouldBeEmpty();
            (reading.Refusal?.Code, reading.Refusal?.Field).ShouldBe((code, field));
            reading.Refusal!.Message.ShouldEndWith(".");
        }
    }

    [Theory]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","open":"1","high":2,"low":1,"close":"2","volume":"77","interval":"15"}"""
    )]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","comment":"sell 5 at limit 3, stop 2","strategy":"tp 5%","order_id":"Stop"}"""
    )]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","bar":{"open":1,"volume":5},"plots":{"stop":5,"amount":1},"leverage":5}"""
    )]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","trigger_price":"0","disclosed_quantity":"0","product":"MIS","tp":"","sl":null}"""
    )]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","strategyName":"Limitless","signal":"RSI cross","type":"alert","min_qty":"1"}"""
    )]
    [InlineData(
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1","stop_reason":"none of it","take_profit":{"percent":2,"note":"half"}}"""
    )]
    public void CommentsAndBarValues_StayHarmless(string body)
    {
        var reading = Clear(body, Doors.Rules);

        (reading.Draft!.OrderType, reading.Draft.Quantity, reading.Draft.StopLoss).ShouldBe((OrderType.Market, 1m, null));
    }

    [Fact]
    public void OrderAsAnExchangeWouldTakeIt_IsRead()
    {
        var bybit = Clear(
            """{"symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"100","marketUnit":"quoteCoin"}""",
            Doors.Rules
        ).Draft!;
        var binance = Clear(
            """{"symbol":"BTCUSDT","side":"SELL","type":"STOP_LOSS_LIMIT","quantity":"1","price":"9","stopPrice":"10","timeInForce":"GTC"}""",
            Doors.Rules
        ).Draft!;
        var market = Clear("""{"market":"ETH/USDT","action":"buy","qty":1}""", Doors.Rules with { DefaultSymbol = "BTC/USDT" }).Draft!;

        (bybit.Cost, bybit.Quantity).ShouldBe((100m, null));
        (binance.OrderType, binance.Price, binance.StopPrice).ShouldBe((OrderType.StopLimit, 9m, 10m));
        market.Symbol.ShouldBe("ETH/USDT");
    }

    // Empty where something opens; what closes all needs no size.
    [Theory]
    [InlineData("buy", "\"\"", "quantity")]
    [InlineData("buy", "null", "quantity")]
    [InlineData("buy", "\"NaN\"", "quantity")]
    [InlineData("buy", "0", "quantity")]
    [InlineData("buy", "\"{{strategy.order.contracts}}\"", "quantity")]
    [InlineData("sell", "\"\"", "quantity")]
    [InlineData("sell", "null", "quantity")]
    [InlineData("exit", "\"half\"", "quantity")]
    [InlineData("exit", "-1", "quantity")]
    [InlineData("exit", "\"\"", null)]
    [InlineData("exit", "null", null)]
    [InlineData("exit", "\"NaN\"", null)]
    [InlineData("exit", "0", null)]
    public void EmptySize_IsNoSizeOnlyForWhatCloses(string action, string size, string? wrong)
    {
        var reading = GoldenDraft.Read($$"""{"ticker":"BTCUSDT","action":"{{action}}","quantity":{{size}}}""", DefaultSize);

        reading.Errors.Select(e => e.Field).ShouldBe(wrong is null ? [] : [wrong]);
        (reading.Refusal, reading.Notes.Count).ShouldBe((null, wrong is null ? 1 : 0));
        reading.Draft!.Cost.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"ticker":"BTCUSDT","action":"sell","sentiment":"flat","quantity":"much","price":"-","exit_qty":5,"tp1_percent":3}""")]
    [InlineData("""{"symbol":"BTCUSDT","action":"exit","trade_price":"100555.123456789","stop_loss":"x"}""")]
    [InlineData("""{"symbol":"BTCUSDT","action":"sell","sentiment":"flat","quantity":"25%","quantity_type":"lots"}""")]
    public void WhatClosesAll_IsPlannedAndItsNumbersAreNotes(string body)
    {
        var reading = Clear(body, Doors.Rules);

        var result = PrecheckResult.Of(
            reading,
            Doors.Rules,
            new MarketSet("paper", [MarketsOf.BtcUsdt], DateTime.UnixEpoch, false),
            DateTime.UnixEpoch
        );

        result.Status.ShouldBe(SignalStatus.Accepted);
        result.Detail.Notes.ShouldBe(reading.Notes);
    }

    [Theory]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","sl":"5","tp":"9"}""", 5, 9)]
    [InlineData("""{"symbol":"BTCUSDT","action":"buy","qty":"1","stopLossPrice":5,"take_profits":[{"price":9,"share":100}]}""", 5, 9)]
    [InlineData("""{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":1},"sl_price":5,"target":"9"}""", 5, 9)]
    [InlineData("""{"instrument":"BTCUSDT","action":"buy","amount":1,"stop_loss":{"price":5},"tp_1":9}""", 5, 9)]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;STOP_PRICE=5;TAKE_PROFIT_PRICE_1=9", 5, 9)]
    public void ProtectionInOtherWords_IsRead(string body, int stop, int target)
    {
        var draft = Clear(body, Doors.Rules).Draft!;

        (draft.StopLoss!.StopPrice, draft.TakeProfits.Single().LimitPrice).ShouldBe((stop, target));
    }

    [Theory]
    [InlineData("""{"ticker":"BTCUSDT","action":"buy","quantity":"1","sl":"2%","tp_percent":3}""", 2, 3)]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;STOP_PRICE=-2%;TAKE_PROFIT_PRICE=3%", 2, 3)]
    public void ProtectionInPercent_IsADistance(string body, int stop, int target)
    {
        var draft = Clear(body, Doors.Rules).Draft!;

        (draft.StopLoss!.Percent, draft.TakeProfits.Single().Percent).ShouldBe((stop, target));
    }

    [Fact]
    public void OctoBotTargets_ShareByTheirRatiosInOrder() =>
        Clear(
            "SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;TAKE_PROFIT_PRICE=1234;TAKE_PROFIT_PRICE_1=1456;TAKE_PROFIT_VOLUME_RATIO_1=1;TAKE_PROFIT_VOLUME_RATIO_2=2",
            Doors.Rules
        )
            .Draft!.TakeProfits.Select(t => (t.LimitPrice, t.Share))
            .ShouldBe([(1234m, 33.33333333m), (1456m, 66.66666667m)]);

    [Theory]
    [InlineData("SYMBOL=BTCUSDT\nSIGNAL=CANCEL\nPARAM_SIDE=SELL", OrderSide.Sell)]
    [InlineData("""{"symbol":"BTCUSDT","action":"cancel","side":"buy"}""", OrderSide.Buy)]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=CANCEL", null)]
    public void CancelOfOneSide_IsOfThatSide(string body, OrderSide? side) => Clear(body, Doors.Rules).Draft!.CancelSide.ShouldBe(side);

    [Theory]
    [InlineData("market(side=buy, amount=0.1);")]
    [InlineData("MyKeys(XBTUSD) { market(side=buy, amount=0.1); } #bot")]
    public void OtherLanguages_AreRefused(string body) => GoldenDraft.Read(body).Errors.ShouldNotBeEmpty();

    // Prev short: doubled contracts, position after, before; what is bought.
    [Theory]
    [InlineData(""" "quantity":"0.03","market_position_size":"0.01","prev_market_position":"short" """, "0.01")]
    [InlineData(""" "quantity":"0.03","prev_market_position_size":"0.02","prev_market_position":"short" """, "0.01")]
    [InlineData(""" "quantity":"0.03","previousPosition":-0.02,"position":0.01 """, "0.01")]
    [InlineData(""" "quantity":"0.03","market_position_size":"0.03","prev_market_position":"flat" """, "0.03")]
    public void ReversalFromShort_BuysWhatIsHeldAfterwards(string fields, string bought)
    {
        foreach (var names in new[] { "\"ticker\":\"BTCUSDT\"", "\"symbol\":\"BTCUSDT\"", "\"instrument\":\"BTCUSDT\"" })
        {
            var draft = Clear($$"""{{{names}},"action":"buy",{{fields}}}""", Doors.Rules).Draft!;

            Planning.Plans.Placed(Planning.Plans.Of(draft)).Draft.Quantity.ShouldBe(Planning.Plans.Number(bought));
        }
    }

    private static SignalReading Clear(string body, SignalRules rules)
    {
        var reading = GoldenDraft.Read(body, rules);
        reading.Errors.ShouldBeEmpty();
        reading.Refusal.ShouldBeNull();
        return reading;
    }
}
