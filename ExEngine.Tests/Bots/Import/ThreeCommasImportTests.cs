using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Import;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Import;

public sealed class ThreeCommasImportTests
{
    // As their documentation shows an answer, with the parts that say how it went.
    internal const string Dca = """
        {"id":15577628,"account_id":32199203,"is_enabled":true,"max_safety_orders":3,"active_safety_orders_count":2,"pairs":["USDT_ETH"],
        "strategy_list":[{"options":{},"strategy":"nonstop"}],"close_strategy_list":[],"safety_strategy_list":[],"max_active_deals":1,
        "active_deals_count":0,"deletable?":true,"created_at":"2024-11-01T14:47:16.341Z","updated_at":"2024-11-05T18:39:00.270Z",
        "trailing_enabled":true,"tsl_enabled":false,"deal_start_delay_seconds":null,"stop_loss_timeout_enabled":true,
        "stop_loss_timeout_in_seconds":120,"disable_after_deals_count":7,"deals_counter":2,"allowed_deals_on_same_pair":null,
        "easy_form_supported":false,"close_deals_timeout":null,"url_secret":"2fa51d0161","take_profit_steps":[],
        "name":"ETH/USDT Classic trading","take_profit":"1.0","min_profit_percentage":"0.0","base_order_volume":"80.0",
        "safety_order_volume":"30.0","safety_order_step_percentage":"1.0","take_profit_type":"total","min_profit_type":null,
        "type":"Bot::SingleBot","martingale_volume_coefficient":"1.7","martingale_step_coefficient":"4.0","stop_loss_percentage":"22.0",
        "cooldown":"300","btc_price_limit":"0.0","strategy":"long","min_volume_btc_24h":"0.0","profit_currency":"quote_currency",
        "min_price":"1000","max_price":null,"stop_loss_type":"stop_loss_and_disable_bot","safety_order_volume_type":"quote_currency",
        "base_order_volume_type":"quote_currency","account_name":"Paper Account","trailing_deviation":"0.2",
        "finished_deals_profit_usd":"0.0","finished_deals_count":"0","leverage_type":"not_specified","leverage_custom_value":null,
        "start_order_type":"limit","active_deals_usd_profit":"0","reinvesting_percentage":"100.0","risk_reduction_percentage":"0.0",
        "reinvested_volume_usd":null,"min_price_percentage":null,"max_price_percentage":null,"active_deals":[]}
        """;

    internal const string Grid = """
        {"id":2338357,"account_id":1,"account_name":"My Binance","is_enabled":true,"grids_quantity":"81","strategy_type":"manual",
        "upper_stop_loss_enabled":true,"lower_stop_loss_enabled":true,"note":null,"editable":true,"lower_price":"90",
        "lower_stop_loss_price":"80","lower_stop_loss_action":"stop_bot_and_sell","upper_price":"110","upper_stop_loss_price":"120",
        "upper_stop_loss_action":"stop_bot","quantity_per_grid":"20.0","leverage_type":"not_specified","leverage_custom_value":null,
        "name":"My grid","pair":"USDT_BTC","max_active_buy_lines":"81","max_active_sell_lines":"81","order_currency_type":"quote",
        "profit_currency_type":"quote","trailing_up_enabled":"true","grid_type":"geometric","investment_base_currency":"0.0",
        "investment_quote_currency":"0.0","expansion_down_enabled":"true","expansion_down_stop_price":"70","grid_lines":[{"id":1}]}
        """;

    [Fact]
    public void Dca_EveryFieldHasItsPlace()
    {
        var import = Read(Dca);

        (import.Kind, import.Name, import.Symbol).ShouldBe((BotKind.Dca, "ETH/USDT Classic trading #15577628", "ETH/USDT"));
        import.NotCarriedOver.ShouldBeEmpty();
        import.Missing.ShouldBeEmpty();
        import.Settings.ShouldBe(
            BotText.Of(
                new DcaSettings
                {
                    BaseOrder = 80.0m,
                    BaseOrderType = OrderType.Limit,
                    SafetyOrder = 30.0m,
                    MaxSafetyOrders = 3,
                    ActiveSafetyOrders = 2,
                    Deviation = 1.0m,
                    StepScale = 4.0m,
                    VolumeScale = 1.7m,
                    TakeProfit = new() { Percent = 1.0m, Trailing = 0.2m },
                    StopLoss = new()
                    {
                        Percent = 22.0m,
                        From = PriceBase.BaseOrder,
                        TimeoutSeconds = 120,
                        StopsBot = true,
                    },
                    CooldownSeconds = 300,
                    MaxDeals = 7,
                    MinPrice = 1000m,
                    Reinvest = 100.0m,
                }
            )
        );
    }

    [Fact]
    public void Dca_StepsPairsConditionsAndDealsAreNamed()
    {
        var import = Read(
            """
            {"name":"Multi","base_order_volume":10,"base_order_volume_type":"percent","pairs":["USDT_BTC","USDT_ETH"],"max_active_deals":5,
            "take_profit":null,"take_profit_type":"base","take_profit_steps":[{"amount_percentage":40,"profit_percentage":3},
            {"amount_percentage":"60","profit_percentage":"1.5"}],"strategy_list":[{"strategy":"rsi","options":{"points":"30"}}],
            "close_strategy_list":[{"strategy":"ta_presets"}],"tsl_enabled":true,"sl_to_breakeven_enabled":true,"leverage_type":"cross",
            "leverage_custom_value":"10","active_deals_count":2,"profit_currency":"base_currency","brand_new":"a value"}
            """
        );

        var settings = BotText.DcaSettings(import.Settings);
        (settings.BaseOrderUnit, settings.Start, settings.MaxActiveDeals).ShouldBe((DcaUnit.EquityPercent, DcaStart.WhenAsked, 1));
        settings.TakeProfit.From.ShouldBe(PriceBase.BaseOrder);
        settings.TakeProfit.Steps.ShouldBe([new(1.5m, 60), new(3, 40)]);
        settings.StopLoss.ShouldBeNull();
        var notes = string.Join('\n', import.NotCarriedOver);
        foreach (
            var said in (string[])
                ["ETH/USDT", "5 deals", "rsi", "ta_presets", "trails", "break-even", "Leverage", "2", "Profit in base", "brand_new"]
        )
        {
            notes.ShouldContain(said);
        }

        notes.ShouldNotContain("a value", Case.Sensitive, "A field that is not known may hold a secret.");
        Read("""{"base_order_volume":10,"take_profit":1,"pairs":"USDT_BTC,USDT_ETH"}""", "ETH/USDT").Symbol.ShouldBe("ETH/USDT");
    }

    [Fact]
    public void Grid_LinesBecomeIntervals()
    {
        var import = Read(Grid);

        (import.Kind, import.Name, import.Symbol).ShouldBe((BotKind.Grid, "My grid #2338357", "BTC/USDT"));
        import.Settings.ShouldBe(
            BotText.Of(
                new GridSettings
                {
                    Lower = 90,
                    Upper = 110,
                    Grids = 80,
                    Spacing = GridSpacing.Geometric,
                    Investment = 1600.0m,
                    TakeProfitPrice = 120,
                    StopLossPrice = 80,
                    ExitAction = GridExit.SellBase,
                    TrailingUp = true,
                }
            )
        );
        import.NotCarriedOver.Count.ShouldBe(3, string.Join('\n', import.NotCarriedOver));
        import.NotCarriedOver.ShouldContain(n => n.Contains("Expansion down to 70"));
        import.NotCarriedOver.ShouldContain(n => n.Contains("two stops"));
    }

    [Theory]
    [InlineData("", "bot")]
    [InlineData("{", "bot")]
    [InlineData("[]", "bot")]
    [InlineData("7", "bot")]
    [InlineData("""{"name":"x"}""", "bot")]
    [InlineData("""{"base_order_volume":1,"base_order_volume":2}""", "bot")]
    [InlineData("""{"base_order_volume":"NaN"}""", "bot.base_order_volume")]
    [InlineData("""{"base_order_volume":{"a":1}}""", "bot.base_order_volume")]
    [InlineData("""{"base_order_volume":1,"max_safety_orders":1.5}""", "bot.max_safety_orders")]
    [InlineData("""{"base_order_volume":1,"strategy":"short"}""", "bot.strategy")]
    [InlineData("""{"base_order_volume":1,"take_profit_steps":[5]}""", "bot.take_profit_steps")]
    [InlineData("""{"base_order_volume":1,"name":"\ud800"}""", "bot")]
    [InlineData("""{"grids_quantity":10,"mode":"short"}""", "bot.mode")]
    [InlineData("""{"grids_quantity":"1e29","upper_price":1,"lower_price":1}""", "bot.grids_quantity")]
    [InlineData(
        """{"grids_quantity":100,"upper_price":"7922816251426433759354395033","lower_price":1,"quantity_per_grid":9,"order_currency_type":"base"}""",
        "bot.quantity_per_grid"
    )]
    public void Broken(string json, string field)
    {
        var invalid = ThreeCommasImport.Read(json, null).ShouldBeOfType<BotImportResult.Invalid>();

        invalid.Errors.ShouldContainKey(field);
        invalid.Errors.Values.ShouldAllBe(m => m[0].Length > 20);
    }

    [Theory]
    [InlineData("""{"base_order_volume":1,"take_profit":"0.0"}""", "settings.takeProfit.percent")]
    [InlineData(
        """{"base_order_volume":1,"take_profit":1,"max_safety_orders":2,"safety_order_volume":1,"safety_order_volume_type":"base_currency"}""",
        "settings.safetyOrder"
    )]
    [InlineData("""{"grids_quantity":10,"upper_price":2,"lower_price":1}""", "settings.investment")]
    [InlineData("""{"grids_quantity":10,"strategy_type":"ai","quantity_per_grid":1}""", "settings.lower")]
    public void WhatWouldMakeAnotherBot_IsMissing(string json, string field) => Read(json).Missing.ShouldContainKey(field);

    private static BotImport Read(string json, string? symbol = null) =>
        ThreeCommasImport.Read(json, symbol).ShouldBeOfType<BotImportResult.Read>().Import;
}
