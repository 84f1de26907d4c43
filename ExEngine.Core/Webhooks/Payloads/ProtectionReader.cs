using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Stop-loss and targets of an alert, however they are written: a price, a share such as <c>2%</c>, an object with one distance, or a
/// list of objects with shares.
/// </summary>
internal static class ProtectionReader
{
    public static readonly IReadOnlyDictionary<string, OrderType> StopTypes = new Dictionary<string, OrderType>
    {
        ["stop"] = OrderType.Stop,
        ["stop_limit"] = OrderType.StopLimit,
        ["trailing_stop"] = OrderType.TrailingStop,
    };

    private static readonly Dictionary<string, OrderType> AllStopTypes = new(StopTypes)
    {
        ["market"] = OrderType.Stop,
        ["stop_market"] = OrderType.Stop,
        ["limit"] = OrderType.StopLimit,
    };

    public static SignalDraft Read(SignalDraft draft, AlertFields alert) =>
        draft with
        {
            TakeProfits = TakeProfits(alert),
            StopLoss = StopLossOf(alert),
        };

    /// <summary>An error on the field unless the shares add up to at most 100 %.</summary>
    public static void CheckShares(PayloadFields payload, string field, IReadOnlyList<TakeProfitStep> steps)
    {
        if (steps.Sum(s => s.Share) is > 100 and var sum)
        {
            payload.Error(field, $"closes {ExactJson.Text(sum)} % of the position; its shares may add up to 100 % at most.");
        }
    }

    private static StopLoss? StopLossOf(AlertFields alert)
    {
        StopLoss? stop = null;
        StatedField? first = null;
        foreach (var field in alert.Of(FieldMeaning.StopLoss, FieldMeaning.StopLossPercent).Where(IsStated))
        {
            var read =
                field.Value.ValueKind == JsonValueKind.Object
                    ? Stop(new ProtectionFields(field.Value, field.Path, FieldMeaning.StopLoss, alert), alert.Words.Protection)
                : Distance(alert, field) is not { } distance ? null
                : distance.IsPercent ? new StopLoss { Percent = distance.Value }
                : new StopLoss { StopPrice = distance.Value };
            if (first is not null && read is not null && read != stop)
            {
                alert.Disagree(FieldMeaning.StopLoss, first, field);
            }

            (stop, first) = (stop ?? read, first ?? (read is null ? null : field));
        }

        return stop;
    }

    private static List<TakeProfitStep> TakeProfits(AlertFields alert)
    {
        var steps = new List<TakeProfitStep>();
        StatedField? first = null;
        foreach (var field in alert.Of(FieldMeaning.TakeProfit, FieldMeaning.TakeProfitPercent).Where(IsStated))
        {
            var read = Steps(alert, field);
            if (first is null)
            {
                (steps, first) = (read, read.Count > 0 ? field : null);
            }
            else if (!read.SequenceEqual(steps))
            {
                alert.Problems.Refuse(
                    FieldMeaning.TakeProfit,
                    SignalCodes.FieldsDisagree,
                    field.Path,
                    field.Shown,
                    $"{first.Path} and {field.Path} are different targets without their shares; write takeProfits as a list of objects with price and share."
                );
            }
        }

        return steps;
    }

    private static List<TakeProfitStep> Steps(AlertFields alert, StatedField field)
    {
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Object:
                return OfObject(alert, new ProtectionFields(field.Value, field.Path, FieldMeaning.TakeProfit, alert));
            case JsonValueKind.Array when ProtectionFields.List(field.Value, field.Path, FieldMeaning.TakeProfit, alert) is { } list:
                return Checked(alert, field.Path, list);
            case JsonValueKind.Array:
                alert.Problems.Doubt(
                    FieldMeaning.TakeProfit,
                    new FieldError(
                        field.Path,
                        $"{field.Path} must be an array of at most 20 objects, each with its price or distance and its share."
                    )
                );
                return [];
            default:
                return Distance(alert, field) is not { } distance ? []
                    : distance.IsPercent ? [new TakeProfitStep { Percent = distance.Value }]
                    : [new TakeProfitStep { LimitPrice = distance.Value }];
        }
    }

    private static List<TakeProfitStep> OfObject(AlertFields alert, ProtectionFields profit)
    {
        if (profit.Flag("enabled") == false)
        {
            _ = profit.Steps("steps");
            profit.Finish();
            return [];
        }

        var isList = profit.Has("steps") || alert.Words.Protection == ProtectionNames.ThreeCommas;
        if (!isList)
        {
            var step = Step(profit, alert.Words.Protection);
            profit.Finish();
            return step is null ? [] : [step];
        }

        List<TakeProfitStep> steps = [.. profit.Steps("steps").Select(s => Finished(s, alert.Words.Protection)).OfType<TakeProfitStep>()];
        if (!profit.Has("steps") || profit.Steps("steps").Count == 0)
        {
            profit.Error("steps", "holds no step; state at least one, or enabled: false.");
        }

        CheckShares(profit, "steps", steps);
        profit.Finish();
        return steps;
    }

    private static List<TakeProfitStep> Checked(AlertFields alert, string path, IReadOnlyList<ProtectionFields> list)
    {
        List<TakeProfitStep> steps = [.. list.Select(s => Finished(s, alert.Words.Protection)).OfType<TakeProfitStep>()];
        CheckShares(alert, path, steps);
        return steps;
    }

    private static TakeProfitStep? Finished(ProtectionFields fields, ProtectionNames names)
    {
        var step = Step(fields, names);
        fields.Finish();
        return step;
    }

    private static TakeProfitStep? Step(ProtectionFields step, ProtectionNames names)
    {
        var type = step.Choice("type", Vocabulary.PlainOrderTypes) ?? OrderType.Limit;
        var share = step.Percent("share") ?? step.Ratio("portfolio") ?? 100m;
        var isOne = step.StatesOne(names.TakeProfit, "price", "percent", "amount", "deviation");
        var read = new TakeProfitStep
        {
            OrderType = type,
            Share = share,
            LimitPrice = step.Positive("price"),
            Percent = step.Positive("percent") ?? step.Ratio("deviation", 10),
            Amount = step.Positive("amount"),
        };
        return isOne ? read : null;
    }

    private static StopLoss? Stop(ProtectionFields stop, ProtectionNames names)
    {
        if (stop.Flag("enabled") == false)
        {
            return null;
        }

        var hasType = stop.Has("type");
        var type = stop.Choice("type", AllStopTypes);
        var read = new StopLoss
        {
            OrderType = type ?? OrderType.Stop,
            Percent = stop.Positive("percent") ?? stop.Ratio("deviation", 10),
            Amount = stop.Positive("amount"),
            StopPrice = stop.Positive("price"),
            LimitPrice = stop.Positive("limit"),
            TrailAmount = stop.Positive("trailAmount"),
            TrailPercent = stop.Positive("trailPercent"),
            BreakEven = stop.Flag("breakEven") ?? false,
        };
        if (type == OrderType.TrailingStop)
        {
            stop.StatesOne(["trailPercent", "trailAmount"], "trailPercent", "trailAmount");
        }
        else if (type is not null || !hasType)
        {
            stop.StatesOne(names.StopLoss, "percent", "amount", "price", "deviation");
        }

        stop.Finish();
        return read;
    }

    // An empty object states that there is something, and not what.
    private static bool IsStated(StatedField field) => field.Value.ValueKind == JsonValueKind.Object || !field.IsNothing;

    private static (decimal Value, bool IsPercent)? Distance(AlertFields alert, StatedField field)
    {
        var isPercent = field.Meaning is FieldMeaning.StopLossPercent or FieldMeaning.TakeProfitPercent;
        if (field.Value.ValueKind == JsonValueKind.String && StatedField.TextOf(field.Value)?.Trim() is [.. var number, '%'])
        {
            if (ExactNumber.TryParse(number, out var share, out _) && share > 0)
            {
                return (share, true);
            }

            alert.Error(field.Path, $"is {field.Shown}; write a distance such as 2%, above 0.");
            return null;
        }

        return alert.Positive(field.Path) is { } value ? (value, isPercent) : null;
    }
}
