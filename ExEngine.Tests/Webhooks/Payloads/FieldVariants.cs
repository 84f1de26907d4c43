using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>
/// The golden messages of the presets, written as other people would: each field by another of its names, in another case, somewhere else.
/// The names are this test's own, so that the dictionary of the product is not its own judge.
/// </summary>
internal static class FieldVariants
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["size"] =
        [
            "quantity",
            "qty",
            "contracts",
            "size",
            "amount",
            "order_size",
            "trade_qty",
            "base_amount",
            "lots",
            "volume",
            "units",
            "order_qty",
            "position_sizing",
            "trade_amount",
            "order_contracts",
            "coin_amount",
            "qty_base",
            "quanttity",
            "number_of_contracts",
            "trade_size",
        ],
        ["cost"] =
        [
            "cost",
            "quote_amount",
            "order_amount",
            "notional",
            "amount_in_quote",
            "quote_order_qty",
            "usdt_amount",
            "stake",
            "cash",
            "order_value",
            "budget",
        ],
        ["unit"] =
        [
            "quantity_type",
            "qty_type",
            "size_type",
            "unit",
            "amount_unit",
            "sizing_mode",
            "size_in",
            "quantity_unit",
            "how",
            "qty_mode",
        ],
        ["type"] = ["type", "order_type", "price_type", "exec_type", "order_kind", "style", "execution", "order_typ", "kind"],
        ["limit"] = ["price", "limit_price", "limit", "order_price", "entry_price", "price_limit", "lmt_price", "limt_price", "limit_px"],
        ["stop"] = ["stop_price", "trigger_price", "trigger", "stop", "stop_trigger", "activation_price", "stop_px", "stop_prize"],
        ["seen"] = ["price", "close", "signal_price", "last", "bar_close"],
        ["sl"] = ["stop_loss", "sl", "sl_price", "stop_loss_price", "stop_los", "protective_stop", "stop_loss_at", "exit_stop"],
        ["tp"] =
        [
            "take_profit",
            "tp",
            "tp_1",
            "target",
            "take_profit_price",
            "profit_target",
            "take_profits",
            "take_proffit",
            "target_price",
        ],
        ["symbol"] = ["symbol", "ticker", "pair", "instrument", "market_symbol", "trading_pair"],
        ["action"] = ["action", "side", "signal", "order_action", "command", "trade_action"],
        ["sentiment"] = ["sentiment", "market_position", "position", "position_after", "pos", "new_position"],
        ["after"] = ["market_position_size", "position_size", "position_size_after", "strategy_position_size"],
        ["previous"] = ["prev_market_position", "previous_position", "prev_position", "position_before"],
    };

    private static readonly string[] Places =
    [
        "",
        "",
        "",
        "order",
        "data",
        "strategy",
        "payload",
        "strategy.order",
        "params",
        "alert.body",
    ];

    /// <summary>Preset, message, and what its fields are.</summary>
    private static readonly (string Preset, string Body, Dictionary<string, string> Fields)[] Golden =
    [
        Of(
            "native",
            """{"symbol":"BTCUSDT","action":"buy","order_type":"limit","trade_price":"60000.10","trade_quantity":"0.001"}""",
            "symbol=symbol action=action order_type=type trade_price=limit trade_quantity=size"
        ),
        Of(
            "native",
            """{"symbol":"BTCUSDT","action":"sell","order_type":"market","trade_quantity":"0.005","trade_price":"100000.5"}""",
            "symbol=symbol action=action order_type=type trade_price=seen trade_quantity=size"
        ),
        Of(
            "native",
            """{"symbol":"BTCUSDT","action":"sell","order_type":"stop","stop_price":"50000","trade_quantity":"0.01"}""",
            "symbol=symbol action=action order_type=type stop_price=stop trade_quantity=size"
        ),
        Of(
            "native",
            """{"symbol":"BTCUSDT","action":"buy","order_amount":"250","stop_loss":"50000","take_profit":"200000"}""",
            "symbol=symbol action=action order_amount=cost stop_loss=sl take_profit=tp"
        ),
        Of(
            "tradersPost",
            """{"ticker":"BTCUSDT","action":"sell","sentiment":"flat","quantity":"0.25","price":"60123.45"}""",
            "ticker=symbol action=action sentiment=sentiment quantity=size price=seen"
        ),
        Of(
            "tradersPost",
            """{"ticker":"BTCUSDT","action":"buy","quantity":"2","quantityType":"percent_of_equity","stopLoss":{"stopPrice":"50000"}}""",
            "ticker=symbol action=action quantity=size quantityType=unit stopLoss=sl"
        ),
        Of(
            "tradersPost",
            """{"ticker":"BTCUSDT","action":"buy","orderType":"stop_limit","limitPrice":"110010","stopPrice":"110000","quantity":"0.01"}""",
            "ticker=symbol action=action orderType=type limitPrice=limit stopPrice=stop quantity=size"
        ),
        Of(
            "tradersPost",
            """{"ticker":"BTCUSDT","action":"buy","sentiment":"long","quantity":"0.02","prev_market_position":"short","market_position_size":"0.01"}""",
            "ticker=symbol action=action sentiment=sentiment quantity=size prev_market_position=previous market_position_size=after"
        ),
        Of(
            "threeCommasStrategy",
            """{"tv_instrument":"BTCUSDT","action":"sell","strategy_info":{"market_position":"long"},"order":{"amount":"0.005","currency_type":"base"}}""",
            "tv_instrument=symbol action=action strategy_info.market_position=sentiment order.amount=size order.currency_type=unit"
        ),
        Of(
            "threeCommasCustom",
            """{"tv_instrument":"BTCUSDT","action":"enter_long","order":{"amount":"5","currency_type":"margin_percent","order_type":"limit","price":"60000.10"},"stop_loss":{"trigger_price_percent":"2"},"take_profit":{"steps":[{"price_percent":"3","volume_percent":"50"}]}}""",
            "tv_instrument=symbol action=action order.amount=size order.currency_type=unit order.order_type=type order.price=limit stop_loss=sl take_profit=tp"
        ),
        Of(
            "wunderTrading",
            """{"code":"ENTER-LONG","symbol":"BTCUSDT","amountPerTradeType":"quote","amountPerTrade":"100","takeProfits":[{"priceDeviation":"0.015","portfolio":"0.5"}],"stopLoss":{"price":"50000"}}""",
            "symbol=symbol amountPerTradeType=unit amountPerTrade=size takeProfits=tp stopLoss=sl"
        ),
        Of(
            "wunderTrading",
            """{"code":"EXIT-LONG","symbol":"BTCUSDT","amountPerTradeType":"percents","amountPerTrade":"0.5"}""",
            "symbol=symbol amountPerTradeType=unit amountPerTrade=size"
        ),
        Of(
            "okx",
            """{"action":"ENTER_LONG","instrument":"BTC-USDT","orderType":"limit","price":"60000.10","investmentType":"base","amount":"0.01"}""",
            "action=action instrument=symbol orderType=type price=limit investmentType=unit amount=size"
        ),
        Of(
            "okx",
            """{"action":"sell","marketPosition":"flat","instrument":"BTC-USDT","amount":"0.25","investmentType":"base"}""",
            "action=action marketPosition=sentiment instrument=symbol amount=size investmentType=unit"
        ),
    ];

    /// <summary>One message of each preset.</summary>
    public static IReadOnlyList<string> Messages => [.. Golden.Select(g => g.Body)];

    /// <summary>One variant of one golden message.</summary>
    public static (string Preset, string Golden, string Variant) Next(Random random)
    {
        var (preset, golden, fields) = Golden[random.Next(Golden.Length)];
        var body = JsonNode.Parse(golden)!.AsObject();
        foreach (var (path, concept) in fields)
        {
            // Some fields stay as they are: what is half renamed is the harder case.
            if (random.Next(3) == 0)
            {
                continue;
            }

            var value = Take(body, path);
            var name = random.Next(4) == 0 ? path[(path.LastIndexOf('.') + 1)..] : Names[concept][random.Next(Names[concept].Length)];
            Put(body, Places[random.Next(Places.Length)], Cased(name, random.Next(7)), value);
        }

        return (preset, golden, body.ToJsonString());
    }

    private static (string, string, Dictionary<string, string>) Of(string preset, string body, string fields) =>
        (preset, body, fields.Split(' ').Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]));

    private static JsonNode Take(JsonObject body, string path)
    {
        var names = path.Split('.');
        var parent = names.Length == 1 ? body : body[names[0]]!.AsObject();
        var value = parent[names[^1]]!;
        parent.Remove(names[^1]);
        return value;
    }

    private static void Put(JsonObject body, string place, string name, JsonNode value)
    {
        var parent = body;
        foreach (var part in place.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parent[part] is not JsonObject next)
            {
                // A name of a place may be taken by a value already; then the field stays at the top.
                if (parent.ContainsKey(part))
                {
                    parent = body;
                    break;
                }

                parent[part] = next = [];
            }

            parent = next;
        }

        if (!parent.ContainsKey(name))
        {
            parent[name] = value;
        }
        else
        {
            body[$"{name}_{body.Count}"] = value;
        }
    }

    private static string Cased(string name, int style)
    {
        var words = JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Split('_', StringSplitOptions.RemoveEmptyEntries);
        var titles = words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]).ToArray();
        return style switch
        {
            0 => string.Concat(titles),
            1 => words[0] + string.Concat(titles[1..]),
            2 => string.Join('-', words),
            3 => string.Join(' ', titles),
            4 => string.Join('_', words).ToUpperInvariant(),
            5 => string.Concat(words),
            _ => string.Join('_', words),
        };
    }
}
