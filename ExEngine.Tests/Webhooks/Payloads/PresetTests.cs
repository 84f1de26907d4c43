using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>One golden test per way to write an alert: the whole draft as it is stored.</summary>
public sealed class PresetTests
{
    private static readonly SignalRules TenPercent = Doors.Rules with { DefaultSize = new SignalSize(SizeMode.PercentOfEquity, 10m) };

    [Fact]
    public void Native() =>
        Golden(
            """
            {"exchange":"binance","symbol":"BTC/USDT","action":"buy","order_type":"limit",
             "trade_price":"60000.10","trade_quantity":"0.001","order_amount":"60.0001","id":"abc-1","time":"2026-01-02T03:04:05Z",
             "sentiment":"long","stop_price":59000,"time_in_force":"IOC","reduce_only":"true","note":"breakout","n":1.10,"secret":"x"}
            """,
            "native",
            """
            {"id":"abc-1","exchange":"binance","symbol":"BTC/USDT","action":"buy","sentiment":"long","orderType":"limit","price":"60000.10",
            "stopPrice":"59000","quantity":"0.001","cost":"60.0001","timeInForce":"immediateOrCancel","reduceOnly":true,
            "time":"2026-01-02T03:04:05.000000Z","extras":{"note":"breakout","n":"1.10"}}
            """
        );

    [Fact]
    public void NativeWithNumbersInsteadOfText_IsTheSame() =>
        Golden(
            """{"symbol":"BTCUSDT","action":"SELL","order_type":"market","trade_quantity":0.0010}""",
            "native",
            """{"symbol":"BTCUSDT","action":"sell","orderType":"market","quantity":"0.0010","reduceOnly":false}"""
        );

    [Fact]
    public void TradersPostIndicatorDefault() =>
        Golden(
            """{"ticker":"BTCUSDT","action":"buy","price":"60123.45","time":"2026-01-02T03:04:05Z","interval":"15"}""",
            "tradersPost",
            """
            {"symbol":"BTCUSDT","action":"buy","orderType":"market","seenPrice":"60123.45","size":{"mode":"percentOfEquity","value":"10"},
            "sizeIsDefault":true,"reduceOnly":false,"time":"2026-01-02T03:04:05.000000Z","extras":{"interval":"15"}}
            """,
            TenPercent
        );

    [Fact]
    public void TradersPostStrategyDefault() =>
        Golden(
            """
            {"ticker":"BTCUSDT.P","action":"sell","sentiment":"flat","quantity":"0.25","price":"60123.45","time":"2026-01-02T03:04:05Z","interval":"15"}
            """,
            "tradersPost",
            """
            {"symbol":"BTCUSDT.P","action":"sell","sentiment":"flat","orderType":"market","seenPrice":"60123.45","quantity":"0.25",
            "reduceOnly":false,"time":"2026-01-02T03:04:05.000000Z","extras":{"interval":"15"}}
            """
        );

    [Fact]
    public void TradersPostWithEverything() =>
        Golden(
            """
            {"ticker":"BINANCE:BTCUSDT","action":"buy","sentiment":"bullish","signalPrice":60000.5,"orderType":"stop_limit","limitPrice":"60010",
             "stopPrice":"60005","quantity":250,"quantityType":"dollar_amount","takeProfit":{"percent":"2.5"},
             "stopLoss":{"type":"trailing_stop","trailPercent":1.5},"timeInForce":"gtc","time":1767323045123,"delay":"1.5","cancel":true,
             "extras":{"strategy":"breakout","secret":"x"}}
            """,
            "tradersPost",
            """
            {"symbol":"BINANCE:BTCUSDT","action":"buy","sentiment":"long","orderType":"stopLimit","price":"60010","seenPrice":"60000.5",
            "stopPrice":"60005","cost":"250","sizeInDollars":true,"takeProfits":[{"percent":"2.5","share":"100","orderType":"limit"}],
            "stopLoss":{"orderType":"trailingStop","trailPercent":"1.5","breakEven":false},
            "timeInForce":"goodTillCancelled","reduceOnly":false,"cancelOpen":true,"delay":"00:00:01.5000000",
            "time":"2026-01-02T03:04:05.123000Z","extras":{"extras":"{\"strategy\":\"breakout\",\"secret\":\"***\"}"}}
            """
        );

    [Theory]
    [InlineData("risk_dollar_amount", "riskAmount", "\"sizeInDollars\":true,")]
    [InlineData("risk_percent", "riskPercent")]
    [InlineData("percent_of_equity", "percentOfEquity")]
    [InlineData("percent_of_position", "percentOfPosition")]
    public void TradersPostQuantityTypes(string type, string mode, string unit = "") =>
        Golden(
            $$"""{"ticker":"BTCUSDT","action":"buy","quantity":"5","quantityType":"{{type}}"}""",
            "tradersPost",
            $$$"""{"symbol":"BTCUSDT","action":"buy","orderType":"market",{{{unit}}}"size":{"mode":"{{{mode}}}","value":"5"},"reduceOnly":false}"""
        );

    [Theory]
    [InlineData("""{"percent":"2","amount":1}""", "takeProfit", "more than one of limitPrice, percent, amount")]
    [InlineData("{}", "takeProfit", "none of limitPrice, percent, amount")]
    [InlineData("""{"percent":null}""", "takeProfit", "none of")]
    [InlineData("""{"type":"stop","percent":1,"stopPrice":2}""", "stopLoss", "more than one of percent, amount, stopPrice")]
    [InlineData("""{"type":"stop_limit","limitPrice":2}""", "stopLoss", "none of percent, amount, stopPrice")]
    [InlineData("""{"type":"trailing_stop","percent":2}""", "stopLoss", "none of trailPercent, trailAmount")]
    [InlineData("""{"type":"trailing_stop","trailPercent":2,"trailAmount":1}""", "stopLoss", "more than one of trailPercent, trailAmount")]
    public void TradersPostProtectionThatIsUnclear_IsRefused(string value, string field, string problem)
    {
        var error = Read($$"""{"ticker":"BTCUSDT","action":"buy","quantity":1,"{{field}}":{{value}}}""", Doors.Rules)
            .Errors.ShouldHaveSingleItem();

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","trailPercent":1,"trailAmount":2""")]
    public void TrailingStopOrderWithoutExactlyOneDistance_IsRefused(string distance) =>
        Read($$"""{"ticker":"BTCUSDT","action":"sell","quantity":1,"orderType":"trailing_stop"{{distance}}}""", Doors.Rules)
            .Errors.ShouldHaveSingleItem()
            .Message.ShouldContain("exactly one of trailPercent, trailAmount");

    [Fact]
    public void FieldThatANestedObjectHasBesides_IsKeptByItsPath() =>
        Read("""{"ticker":"BTCUSDT","action":"buy","quantity":1,"takeProfit":{"percent":2,"note":"half"}}""", Doors.Rules)
            .Draft!.Extras.ShouldHaveSingleItem()
            .ShouldBe(new KeyValuePair<string, string>("takeProfit.note", "half"));

    [Fact]
    public void StoredDraftOfBefore_IsReadWithoutWhatItNamedOtherwise()
    {
        var detail = SignalDetailJson.Read(
            """{"draft":{"symbol":"BTC/USDT","action":"buy","takeProfit":{"percent":"2.5"},"stopLoss":{"type":"stop_limit","percent":"1"}}}"""
        );

        (detail.Draft!.TakeProfits.Count, detail.Draft.StopLoss!.Percent).ShouldBe((0, 1m));
    }

    [Theory]
    [InlineData("long", "buy")]
    [InlineData("bearish", "sell")]
    [InlineData("flat", "exit")]
    public void TradersPostSentimentAlone_IsItsAction(string sentiment, string action) =>
        Read($$"""{"ticker":"BTCUSDT","sentiment":"{{sentiment}}","quantity":1}""", Doors.Rules)
            .Draft!.Action.ToString()
            .ShouldBe(action, StringCompareShould.IgnoreCase);

    [Theory]
    [InlineData(
        "buy BTC/USDT 0.001",
        """{"symbol":"BTC/USDT","action":"buy","orderType":"market","quantity":"0.001","reduceOnly":false}"""
    )]
    [InlineData(
        "sell BTCUSDT 50%",
        """{"symbol":"BTCUSDT","action":"sell","orderType":"market","size":{"mode":"percentOfPosition","value":"50"},"reduceOnly":false}"""
    )]
    [InlineData(
        "Buy BTCUSDT 50%\r\n",
        """{"symbol":"BTCUSDT","action":"buy","orderType":"market","size":{"mode":"percentOfEquity","value":"50"},"reduceOnly":false}"""
    )]
    [InlineData("close BTCUSDT", """{"symbol":"BTCUSDT","action":"exit","orderType":"market","reduceOnly":false}""")]
    public void PlainText(string body, string draft) => Golden(body, "text", draft);

    [Theory]
    [InlineData(
        "EXCHANGE=binance\nSYMBOL=BTCUSDT\nSIGNAL=BUY\nVOLUME=0.01\nPRICE=60000.10\nLEVERAGE=3",
        """{"exchange":"binance","symbol":"BTCUSDT","action":"buy","orderType":"limit","price":"60000.10","quantity":"0.01","reduceOnly":false,"extras":{"LEVERAGE":"3"}}"""
    )]
    [InlineData(
        "exchange=binance;symbol=BTCUSDT;signal=sell;volume=25q;price=",
        """{"exchange":"binance","symbol":"BTCUSDT","action":"sell","orderType":"market","cost":"25","reduceOnly":false}"""
    )]
    [InlineData(
        "SYMBOL=BTC/USDT SIGNAL=buy VOLUME=10%",
        """{"symbol":"BTC/USDT","action":"buy","orderType":"market","size":{"mode":"percentOfEquity","value":"10"},"reduceOnly":false}"""
    )]
    [InlineData(
        "SYMBOL=BTC/USDT SIGNAL=buy VOLUME=10a%",
        """{"symbol":"BTC/USDT","action":"buy","orderType":"market","size":{"mode":"percentOfAvailable","value":"10"},"reduceOnly":false}"""
    )]
    [InlineData(
        "SYMBOL=BTC/USDT SIGNAL=sell VOLUME=100p% ORDER_TYPE=limit PRICE=7",
        """{"symbol":"BTC/USDT","action":"sell","orderType":"limit","price":"7","size":{"mode":"percentOfPosition","value":"100"},"reduceOnly":false}"""
    )]
    public void OctoBotLines(string body, string draft) => Golden(body, "text", draft);

    [Theory]
    [InlineData("buy", "")]
    [InlineData("buy BTC/USDT 0.001 now", "")]
    [InlineData("hold BTC/USDT 1", "action")]
    [InlineData("buy BTC/USDT 1,5", "quantity")]
    [InlineData("buy BTC/USDT 101%", "quantity")]
    [InlineData("buy BTC/USDT -1", "quantity")]
    [InlineData("SYMBOL=BTC/USDT VOLUME=1", "SIGNAL")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=hold VOLUME=1", "SIGNAL")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=buy VOLUME=1x", "VOLUME")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=buy VOLUME=101%", "VOLUME")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=buy VOLUME=1 PRICE=0", "PRICE")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=buy VOLUME=1 VOLUME=2", "VOLUME")]
    [InlineData("SYMBOL=BTC/USDT SIGNAL=buy VOLUME=1 please", "")]
    [InlineData("SIGNAL=buy VOLUME=1", "symbol")]
    public void TextThatIsWrong_NamesItsField(string body, string field) =>
        Read(body, Doors.Rules).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    private static void Golden(string body, string preset, string draft, SignalRules? rules = null) =>
        GoldenDraft.ShouldBe(body, preset, draft, rules);

    private static SignalReading Read(string body, SignalRules rules) => GoldenDraft.Read(body, rules);
}
