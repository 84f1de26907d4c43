using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// <c>STOP_PRICE</c>, <c>TAKE_PROFIT_PRICE</c> and <c>TAKE_PROFIT_PRICE_1</c>, <c>_2</c> and so on with their
/// <c>TAKE_PROFIT_VOLUME_RATIO</c>. A price may be a distance from the price now: <c>-5%</c>, or <c>-400d</c> in quote, which for a market
/// order is the distance from its entry. Targets without ratios share what was bought evenly.
/// </summary>
internal static class OctoBotProtection
{
    private const string Target = "takeprofitprice";
    private const string Ratio = "takeprofitvolumeratio";

    public static SignalDraft Read(SignalDraft draft, AlertFields alert)
    {
        draft = ProtectionReader.Read(draft, alert);
        if (draft.OrderType is not (OrderType.Stop or OrderType.StopLimit) && Fields(alert, "stopprice") is [var stop, ..])
        {
            draft = draft with { StopLoss = Stop(draft, stop, alert) };
        }

        var steps = Fields(alert, Target).Select(f => Step(draft, f, alert)).OfType<TakeProfitStep>().ToList();
        return steps.Count == 0 ? draft : draft with { TakeProfits = WithShares(steps, alert) };
    }

    private static StopLoss? Stop(SignalDraft draft, StatedField field, AlertFields alert) =>
        Distance(draft, field, alert, isBelow: true) switch
        {
            null => null,
            { Unit: '%' } d => new StopLoss { Percent = d.Value },
            { Unit: 'd' } d => new StopLoss { Amount = d.Value },
            var d => new StopLoss { StopPrice = d.Value },
        };

    private static TakeProfitStep? Step(SignalDraft draft, StatedField field, AlertFields alert) =>
        Distance(draft, field, alert, isBelow: false) switch
        {
            null => null,
            { Unit: '%' } d => new TakeProfitStep { Percent = d.Value },
            { Unit: 'd' } d => new TakeProfitStep { Amount = d.Value },
            var d => new TakeProfitStep { LimitPrice = d.Value },
        };

    private static PriceOffset? Distance(SignalDraft draft, StatedField field, AlertFields alert, bool isBelow)
    {
        var text = field.Shown.Trim().ToLowerInvariant();
        var unit = text[^1] is '%' or 'd' ? text[^1] : ' ';
        if (!ExactNumber.TryParse(unit == ' ' ? text : text[..^1], out var value, out var problem))
        {
            alert.Problems.Doubt(FieldMeaning.StopLoss, new FieldError(field.Path, $"{field.Path} {problem}."));
            return null;
        }

        if (unit == ' ' ? value > 0 : isBelow == value < 0)
        {
            if (unit == ' ' || draft.OrderType == OrderType.Market)
            {
                return new PriceOffset(Math.Abs(value), unit);
            }
        }

        var rule =
            unit == ' '
                ? "it must be above 0"
                : $"a distance from the price now is {(isBelow ? "below" : "above")} 0, and for market orders";
        alert.Problems.Refuse(
            FieldMeaning.StopLoss,
            SignalCodes.OrderUnclear,
            field.Path,
            field.Shown,
            $"{field.Path} is {field.Shown}; {rule}. State the price itself."
        );
        return null;
    }

    private static List<TakeProfitStep> WithShares(List<TakeProfitStep> steps, AlertFields alert)
    {
        var fields = Fields(alert, Ratio);
        var ratios = fields.Select(f => alert.Positive(f.Path)).OfType<decimal>().ToList();
        if (ratios.Count != steps.Count && fields.Count > 0)
        {
            alert.Problems.Refuse(
                FieldMeaning.TakeProfit,
                SignalCodes.OrderUnclear,
                fields[0].Path,
                fields[0].Shown,
                $"{steps.Count} targets have {ratios.Count} ratios; state TAKE_PROFIT_VOLUME_RATIO for each target, or for none."
            );
        }

        var sum = ratios.Sum();
        var rest = 100m;
        for (var i = 0; i < steps.Count; i++)
        {
            var share = ratios.Count == steps.Count ? 100m * (ratios[i] / sum) : 100m / steps.Count;
            share = i == steps.Count - 1 ? rest : Math.Min(rest, Math.Round(share, 8, MidpointRounding.ToZero));
            steps[i] = steps[i] with { Share = IncrementMath.Shortest(share) };
            rest -= share;
        }

        return steps;
    }

    // The one without a number comes first, then by number.
    private static List<StatedField> Fields(AlertFields alert, string name)
    {
        var found = alert
            .All.Where(f =>
                !f.IsNothing && f.Plain.StartsWith(name, StringComparison.Ordinal) && f.Plain[name.Length..].All(char.IsAsciiDigit)
            )
            .OrderBy(f => f.Plain.Length)
            .ThenBy(f => f.Plain, StringComparer.Ordinal)
            .ToList();
        found.ForEach(f => f.IsRead = true);
        return found;
    }

    /// <param name="Unit"><c>%</c> or <c>d</c> for a distance, a blank for a price.</param>
    private sealed record PriceOffset(decimal Value, char Unit);
}
