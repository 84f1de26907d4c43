using System.Text.Json;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Import;

/// <summary>Settings of a DCA bot of 3Commas in ours.</summary>
internal static class ThreeCommasDca
{
    private static readonly string[] ByAlert =
    [
        "manual",
        "trading_view",
        "tv_custom_signal",
        "trading_view_custom",
        "custom_signal",
        "api",
        "webhook",
    ];

    public static DcaSettings Read(ThreeCommasFields fields, int pairs)
    {
        var settings = Sizes(
            fields,
            new DcaSettings
            {
                BaseOrderType = BaseType(fields),
                TakeProfit = TakeProfit(fields),
                StopLoss = StopLoss(fields),
                CooldownSeconds = fields.Whole("cooldown") ?? 0,
                MaxActiveDeals = ActiveDeals(fields, pairs),
                MaxDeals = fields.Whole("disable_after_deals_count") is { } most and > 0 ? most : null,
                MinPrice = fields.Positive("min_price"),
                MaxPrice = fields.Positive("max_price"),
                Reinvest = Math.Min(100, fields.Positive("reinvesting_percentage") ?? 0),
                Start = Start(fields),
            }
        );
        Others(fields);
        return settings;
    }

    private static DcaSettings Sizes(ThreeCommasFields fields, DcaSettings settings)
    {
        var unit = fields.Text("base_order_volume_type") ?? "quote_currency";
        settings = settings with
        {
            BaseOrder = fields.Number("base_order_volume") ?? 0,
            BaseOrderUnit = unit switch
            {
                "base_currency" => DcaUnit.Base,
                "percent" => DcaUnit.EquityPercent,
                _ => DcaUnit.Quote,
            },
        };
        if (unit == "percent")
        {
            fields.Note("The base order in percent: there of what is free, here of the account's equity.");
        }
        else if (unit is not ("quote_currency" or "base_currency"))
        {
            fields.Missing["settings.baseOrder"] = [$"The base order is in {Short(unit)}, which is not known here; state it in quote."];
        }

        var count = fields.Whole("max_safety_orders") ?? 0;
        var (size, sizeUnit) = (fields.Number("safety_order_volume") ?? 0, fields.Text("safety_order_volume_type") ?? "quote_currency");
        var active = fields.Whole("active_safety_orders_count") ?? 1;
        if (count > 0 && sizeUnit != "quote_currency")
        {
            fields.Missing["settings.safetyOrder"] =
            [
                $"The safety orders are {ExactJson.Text(size)} in {Short(sizeUnit)}, and here they are in quote; state the amount in quote.",
            ];
            size = 0;
        }

        if (count > 0 && active == 0)
        {
            fields.Note("No safety order was to rest at the exchange; here the next one does.");
        }

        return settings with
        {
            MaxSafetyOrders = count,
            SafetyOrder = count == 0 ? 0 : size,
            ActiveSafetyOrders = Math.Clamp(active, 1, Math.Max(1, count)),
            Deviation = fields.Number("safety_order_step_percentage") ?? 0,
            StepScale = fields.Positive("martingale_step_coefficient") ?? 1,
            VolumeScale = fields.Positive("martingale_volume_coefficient") ?? 1,
        };
    }

    private static OrderType BaseType(ThreeCommasFields fields) =>
        fields.Text("start_order_type") is { } type && type.Equals("limit", StringComparison.OrdinalIgnoreCase)
            ? OrderType.Limit
            : OrderType.Market;

    private static DcaTakeProfit TakeProfit(ThreeCommasFields fields)
    {
        var steps = new List<DcaTakeProfitStep>();
        foreach (var (i, step) in fields.List("take_profit_steps").Index())
        {
            if (step.ValueKind != JsonValueKind.Object)
            {
                fields.Errors["bot.take_profit_steps"] = [$"Step {i + 1} is no object with amount_percentage and profit_percentage."];
                continue;
            }

            var inner = new ThreeCommasFields(step);
            steps.Add(new(inner.Number("profit_percentage") ?? 0, inner.Number("amount_percentage") ?? 0));
            foreach (var (field, messages) in inner.Errors)
            {
                fields.Errors[$"bot.take_profit_steps[{i}].{field["bot.".Length..]}"] = messages;
            }
        }

        var percent = fields.Positive("take_profit");
        if (percent is null && steps.Count == 0)
        {
            fields.Missing["settings.takeProfit.percent"] =
            [
                "It has no take-profit in percent: it closes by conditions, which is not offered here; state a percent.",
            ];
        }

        var isTrailing = fields.Flag("trailing_enabled");
        var trailing = fields.Positive("trailing_deviation");
        return new DcaTakeProfit
        {
            // One percent of its own would be another bot than it was.
            Percent = percent ?? (steps.Count > 0 ? 1 : 0),
            From = fields.Text("take_profit_type") == "base" ? PriceBase.BaseOrder : PriceBase.Average,
            Steps = [.. steps.OrderBy(s => s.Percent)],
            Trailing = isTrailing ? trailing : null,
        };
    }

    private static DcaStopLoss? StopLoss(ThreeCommasFields fields)
    {
        var (percent, breakEven) = (fields.Positive("stop_loss_percentage"), fields.Flag("sl_to_breakeven_enabled"));
        var (waits, seconds) = (fields.Flag("stop_loss_timeout_enabled"), fields.Whole("stop_loss_timeout_in_seconds") ?? 0);
        var stopsBot = fields.Text("stop_loss_type") == "stop_loss_and_disable_bot";
        if (fields.Flag("tsl_enabled"))
        {
            fields.Note("The stop-loss that trails: here it stays where it is.");
        }

        if (breakEven)
        {
            fields.Note("The stop's move to break-even: here it moves after a step of the take-profit; set it in the settings.");
        }

        return percent is null
            ? null
            : new DcaStopLoss
            {
                Percent = percent,
                From = PriceBase.BaseOrder,
                TimeoutSeconds = waits ? seconds : 0,
                StopsBot = stopsBot,
            };
    }

    private static int ActiveDeals(ThreeCommasFields fields, int pairs)
    {
        var (all, same) = (fields.Whole("max_active_deals") ?? 1, fields.Whole("allowed_deals_on_same_pair"));
        if (pairs <= 1)
        {
            return Math.Max(1, same ?? all);
        }

        fields.Note($"At most {all} deals over all pairs: here each bot has a limit of its own, {Math.Max(1, same ?? 1)}.");
        return Math.Max(1, same ?? 1);
    }

    private static DcaStart Start(ThreeCommasFields fields)
    {
        var conditions = Strategies(fields, "strategy_list");
        var others = conditions.Where(c => c != "nonstop" && !ByAlert.Contains(c)).ToList();
        if (others.Count > 0)
        {
            fields.Note(
                $"The start conditions ({string.Join(", ", others)}): deals begin when they are asked for; send start_deal alerts, or set conditions of your own."
            );
        }

        return conditions.Count == 0 || (others.Count == 0 && conditions.Contains("nonstop")) ? DcaStart.AtOnce : DcaStart.WhenAsked;
    }

    private static void Others(ThreeCommasFields fields)
    {
        if (Strategies(fields, "close_strategy_list") is { Count: > 0 } closing)
        {
            fields.Note(
                $"Closing by conditions ({string.Join(", ", closing)}): here deals end by percent, by a stop, or when they are asked to."
            );
        }

        if (Strategies(fields, "safety_strategy_list") is { Count: > 0 } safety)
        {
            fields.Note($"Safety orders by conditions ({string.Join(", ", safety)}): here they rest at their prices.");
        }

        if (fields.Text("profit_currency") == "base_currency")
        {
            fields.Note("Profit in base: here a deal sells all that it bought, and its profit is in quote.");
        }

        fields.NoteNumber("min_profit_percentage", "The least profit for closing by conditions");
        fields.NoteNumber("min_volume_btc_24h", "The least volume of 24 hours");
        fields.NoteNumber("btc_price_limit", "The limit by the price of BTC");
        fields.NoteNumber("deal_start_delay_seconds", "The delay before a deal starts");
        fields.NoteNumber("close_deals_timeout", "The time after which deals are closed");
        fields.NoteNumber("risk_reduction_percentage", "Smaller deals after a loss");
        fields.NoteNumber("min_price_percentage", "The price window in percent");
        fields.NoteNumber("max_price_percentage", "The price window in percent");
        foreach (var known in (string[])["strategy", "active_deals"])
        {
            fields.Has(known);
        }
    }

    private static List<string> Strategies(ThreeCommasFields fields, string name) =>
        [
            .. fields
                .List(name)
                .Select(s =>
                    s.ValueKind == JsonValueKind.Object && s.TryGetProperty("strategy", out var inner) ? inner
                    : s.ValueKind == JsonValueKind.String ? s
                    : default
                )
                .Where(s => s.ValueKind == JsonValueKind.String)
                .Select(s => Short(s.GetString()!)),
        ];

    private static string Short(string text) => text.Length <= 32 ? text : text[..32];
}
