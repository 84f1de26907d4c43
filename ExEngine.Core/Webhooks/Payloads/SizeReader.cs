using System.Text.Json;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>How much an alert wants, and in what: a size of which it is not clear what it is in is no size.</summary>
internal static class SizeReader
{
    public static SignalDraft Read(SignalDraft draft, AlertFields alert)
    {
        var words = alert.Words;
        var unit = Unit(alert, draft);
        var cost = alert.Positive(FieldMeaning.Cost, FieldMeaning.DollarCost);
        var mode = unit?.Mode ?? SizeMode.Base;
        var isPercent = mode is not (SizeMode.Base or SizeMode.Quote or SizeMode.RiskAmount);
        var isRatio = unit is { IsRatio: true };
        var size = alert.Number(
            [FieldMeaning.Quantity],
            field => Value(alert, field, unit, isPercent, isRatio, words.PercentsAbove100),
            mayBeZero: false
        );
        draft = draft with { Cost = cost, SizeInDollars = alert.Has(FieldMeaning.DollarCost) || unit is { IsDollars: true } };
        if (size is not { } value)
        {
            if (unit is not null && cost is null && !alert.All.Any(f => f.Meaning is FieldMeaning.Quantity or FieldMeaning.OtherSize))
            {
                var (name, inWhat) = (
                    words.Name(FieldMeaning.Quantity),
                    alert.Of(FieldMeaning.SizeUnit, FieldMeaning.SizeCurrency)[0].Path
                );
                alert.Problems.Doubt(
                    FieldMeaning.Quantity,
                    new FieldError(name, $"{inWhat} says what the size is in, and there is no size; state {name}."),
                    isEmpty: true
                );
            }

            return draft;
        }

        if (mode == SizeMode.Quote && cost is not null && cost != value)
        {
            var fields = alert.Of(FieldMeaning.Quantity, FieldMeaning.Cost, FieldMeaning.DollarCost);
            alert.Disagree(FieldMeaning.Quantity, fields[0], fields[^1]);
        }

        var of = isPercent && words.ExitsByPosition && draft.Action == SignalAction.Exit ? SizeMode.PercentOfPosition : mode;
        return mode switch
        {
            SizeMode.Base => draft with { Quantity = value },
            SizeMode.Quote => draft with { Cost = value },
            _ => draft with { Size = new SignalSize(of, value) },
        };
    }

    private static decimal? Value(AlertFields alert, StatedField field, SizeUnit? unit, bool isPercent, bool isRatio, bool above100)
    {
        if (field.Value.ValueKind == JsonValueKind.String && StatedField.TextOf(field.Value)?.Trim() is [.. var number, '%'])
        {
            if (!isPercent)
            {
                alert.Problems.Refuse(
                    FieldMeaning.Quantity,
                    SignalCodes.UnitUnclear,
                    field.Path,
                    field.Shown,
                    $"{field.Path} is {field.Shown}, and it is not stated of what; state {alert.Words.Name(FieldMeaning.SizeUnit)}: percent_of_equity, percent_of_available or percent_of_position."
                );
                return null;
            }

            if (ExactNumber.TryParse(number, out var share, out _) && share is > 0 and <= 100)
            {
                return share;
            }

            alert.Error(field.Path, $"is {field.Shown}; it must be above 0 and at most 100 %.");
            return null;
        }

        if (alert.Number(field.Path) is not { } value || value <= 0)
        {
            return NotPositive(alert, field);
        }

        if (isRatio)
        {
            return alert.Ratio(field.Path);
        }

        return isPercent && !above100 ? alert.Percent(field.Path) : value;
    }

    // Zero is left for the caller, who knows whether another field states the size.
    private static decimal? NotPositive(AlertFields alert, StatedField field)
    {
        if (!ExactNumber.TryParse(field.Shown, out var value, out _))
        {
            return null;
        }

        if (value < 0)
        {
            alert.Error(field.Path, $"is {field.Shown}; it must be above 0.");
            return null;
        }

        return 0;
    }

    private static SizeUnit? Unit(AlertFields alert, SignalDraft draft)
    {
        var units = new List<(StatedField Field, SizeUnit Unit)>();
        foreach (var field in alert.Of(FieldMeaning.SizeUnit).Where(f => !f.IsEmpty))
        {
            if (alert.Text(field.Path) is not { } word)
            {
                continue;
            }

            if ((Vocabulary.Find(alert.Words.Units, word) ?? UnitWords.Find(word)) is { } mode)
            {
                units.Add((field, new(mode, UnitWords.IsDollars(word), alert.Words.Ratios.Contains(FieldName.Plain(word)))));
                continue;
            }

            var allowed = alert.Words.Units.Count > 0 ? string.Join(", ", alert.Words.Units.Keys) : UnitWords.Allowed;
            alert.Error(field.Path, $"is \"{word}\"; allowed are {allowed}.");
        }

        foreach (var other in units.Skip(1).Where(u => u.Unit.Mode != units[0].Unit.Mode))
        {
            alert.Disagree(FieldMeaning.SizeUnit, units[0].Field, other.Field);
        }

        return units.Count > 0 ? units[0].Unit : ByCurrency(alert, draft);
    }

    // amount: 100, currency: USDT is 100 USDT; contracts beside the currency of the chart are contracts.
    private static SizeUnit? ByCurrency(AlertFields alert, SignalDraft draft)
    {
        var field = alert.Of(FieldMeaning.SizeCurrency).FirstOrDefault(f => !f.IsEmpty);
        var sizes = alert.Of(FieldMeaning.Quantity);
        if (field is null || sizes.Count == 0 || (field.Plain == "currency" && sizes[0].Plain is not ("amount" or "size")))
        {
            return null;
        }

        var (asset, symbol) = (FieldName.Plain(field.Shown), FieldName.Plain(draft.Symbol ?? ""));
        if (symbol.EndsWith(asset, StringComparison.Ordinal))
        {
            return new(SizeMode.Quote, IsDollars: false, IsRatio: false);
        }

        if (symbol.Contains(asset, StringComparison.Ordinal))
        {
            return new(SizeMode.Base, IsDollars: false, IsRatio: false);
        }

        alert.Problems.Refuse(
            FieldMeaning.SizeCurrency,
            SignalCodes.UnitUnclear,
            field.Path,
            field.Shown,
            $"{field.Path} is {field.Shown}, and it is not clear whether the size is in base or in quote; state {alert.Words.Name(FieldMeaning.SizeUnit)}."
        );
        return null;
    }

    private sealed record SizeUnit(SizeMode Mode, bool IsDollars, bool IsRatio);
}
