using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// All that an alert states, at any depth, by what it means: a preset asks for a size and gets it by whatever name it has. What has a
/// meaning and was not asked for is known afterwards.
/// </summary>
internal sealed class AlertFields : PayloadFields
{
    private readonly JsonElement _root;
    private readonly PresetWords _words;
    private readonly ReadingProblems _problems;
    private readonly List<StatedField> _all;
    private readonly HashSet<string> _nestedRead = [];

    public AlertFields(JsonElement root, PresetWords words, ReadingProblems problems)
        : base(problems.Errors, "")
    {
        (_root, _words, _problems) = (root, words, problems);
        _all = StatedFields.Of(root, words);
    }

    public IReadOnlyList<StatedField> All => _all;

    public PresetWords Words => _words;

    public ReadingProblems Problems => _problems;

    public override bool Has(string name) => Find(name) is { Value.ValueKind: not JsonValueKind.Null };

    public bool Has(FieldMeaning meaning)
    {
        foreach (var field in _all)
        {
            if (field.Meaning == meaning && !field.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fields of a meaning, the preset's own names first; they count as read.</summary>
    public IReadOnlyList<StatedField> Of(params ReadOnlySpan<FieldMeaning> meanings)
    {
        // Asked for each of some forty meanings, of which an alert has a few.
        List<StatedField>? found = null;
        foreach (var field in _all)
        {
            if (meanings.Contains(field.Meaning))
            {
                field.IsRead = true;
                (found ??= []).Add(field);
            }
        }

        return found is { Count: > 1 } ? [.. found.OrderBy(_words.Rank)] : found ?? (IReadOnlyList<StatedField>)[];
    }

    /// <summary>One of a closed list of words; null when no field of the meaning has a value.</summary>
    public T? Choice<T>(FieldMeaning meaning, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        Of(meaning) is { Count: > 0 } stated ? One(meaning, stated.Where(f => !f.IsEmpty).Select(f => (f, Choice(f.Path, words)))) : null;

    public string? Text(FieldMeaning meaning, Func<string, string, bool> isSame)
    {
        if (Of(meaning) is not { Count: > 0 } all)
        {
            return null;
        }

        var stated = all.Where(f => !f.IsEmpty).Select(f => (Field: f, Text: Text(f.Path))).Where(f => f.Text is not null).ToList();
        foreach (var other in stated.Skip(1).Where(other => !isSame(stated[0].Text!, other.Text!)))
        {
            Disagree(meaning, stated[0].Field, other.Field);
        }

        return stated.Count == 0 ? null : stated[0].Text;
    }

    /// <summary>An exact number above 0. One that is empty or 0 is a doubt, as long as no other field says it.</summary>
    public decimal? Positive(params ReadOnlySpan<FieldMeaning> meanings) => Number(meanings, f => Number(f.Path), mayBeZero: false);

    /// <summary>An exact number of 0 or more; whoever writes a position below 0 means a short one.</summary>
    public decimal? Signed(FieldMeaning meaning) =>
        Number(
            [meaning],
            f =>
            {
                var value = Number(f.Path);
                if (value >= 0 || value is null || _words.Rank(f) == int.MaxValue)
                {
                    return value;
                }

                _problems.Errors.Add(new FieldError(f.Path, $"{f.Path} is {f.Shown}; it must not be negative."));
                return null;
            },
            mayBeZero: true
        );

    public decimal? Number(ReadOnlySpan<FieldMeaning> meanings, Func<StatedField, decimal?> parse, bool mayBeZero)
    {
        var all = Of(meanings);
        if (all.Count == 0)
        {
            return null;
        }

        var numbers = all.Where(f => !f.IsEmpty).Select(f => (Field: f, Value: parse(f))).ToList();
        var stated = numbers.Where(n => n.Value is { } v && (v != 0 || mayBeZero)).ToList();
        if (stated.Count > 0)
        {
            foreach (var below in stated.Where(n => n.Value < 0 && !mayBeZero))
            {
                Error(below.Field.Path, $"is {below.Field.Shown}; it must be above 0.");
            }

            return stated[0].Value < 0 && !mayBeZero ? null : One(meanings[0], stated.Select(n => (n.Field, n.Value)));
        }

        if (numbers.Count > 0 && numbers[0].Value == 0)
        {
            var (field, _) = numbers[0];
            if (field.Meaning == FieldMeaning.Price && _words.PriceIsLimit)
            {
                // A price that would make a limit order, and is none: not the same as a market order.
                _problems.Doubt(FieldMeaning.LimitPrice, new FieldError(field.Path, $"{field.Path} is 0; it must be above 0."));
                return null;
            }

            Doubt(field, "is 0; it must be above 0.");
        }
        else if (numbers.Count == 0)
        {
            var text = all[0].Value.ValueKind == JsonValueKind.Null ? "" : all[0].Shown;
            Doubt(all[0], (ExactNumber.TryParse(text, out _, out var problem) ? "has no value" : problem) + ".");
        }

        return null;
    }

    /// <summary>The fields that mean something and that nobody read.</summary>
    public IEnumerable<StatedField> Unread() => _all.Where(f => f is { Meaning: not FieldMeaning.None, IsRead: false } && !f.IsNothing);

    /// <summary>Somebody else reads what this path leads to, or a part of it.</summary>
    /// <param name="top">The first name of the path: what is below it is no extra.</param>
    public void MarkRead(string top, string path)
    {
        _nestedRead.Add(top);
        foreach (var field in _all)
        {
            field.IsRead |= field.Path == path || IsBelow(field.Path, path) || IsBelow(path, field.Path);
        }
    }

    /// <summary>What a nested reader read of an object that is one field here.</summary>
    public void ReadNested(IEnumerable<string> paths) => _nestedRead.UnionWith(paths);

    public void Disagree(FieldMeaning meaning, StatedField one, StatedField other) =>
        _problems.Refuse(
            meaning,
            SignalCodes.FieldsDisagree,
            other.Path,
            other.Shown,
            $"{one.Path} is {one.Shown} and {other.Path} is {other.Shown}, and both say the same thing; state it once."
        );

    /// <summary>What was not read, by its path, as raw text, secrets left out.</summary>
    public Dictionary<string, string> Extras()
    {
        var extras = new Dictionary<string, string>();
        var read = _all.Where(f => f.IsRead && !HasNestedRead(f)).Select(f => f.Path).ToHashSet();
        read.UnionWith(_nestedRead);
        new AlertExtras(read, _problems).Add(_root, "", extras);
        return extras;

        bool HasNestedRead(StatedField field) =>
            field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            && _nestedRead.Any(n => n.StartsWith(field.Path, StringComparison.Ordinal));
    }

    protected override JsonElement? Value(string name)
    {
        if (Find(name) is not { } field)
        {
            return null;
        }

        field.IsRead = true;
        return field.Value.ValueKind == JsonValueKind.Null ? null : field.Value;
    }

    protected override string Stated(string name) => Find(name)?.Path ?? name;

    protected override void Report(string name, FieldError problem)
    {
        if (Find(name) is { } field && FieldUse.IsDoubt(field.Meaning))
        {
            _problems.Doubt(field.Meaning, problem);
        }
        else
        {
            _problems.Errors.Add(problem);
        }
    }

    private void Doubt(StatedField field, string problem) =>
        _problems.Doubt(field.Meaning, new FieldError(field.Path, $"{field.Path} {problem}"), isEmpty: true);

    private static bool IsBelow(string path, string of) =>
        path.Length > of.Length && path.StartsWith(of, StringComparison.Ordinal) && path[of.Length] is '.' or '[';

    private StatedField? Find(string name)
    {
        foreach (var field in _all)
        {
            if (field.Path == name)
            {
                return field;
            }
        }

        var key = FieldName.Key(name);
        foreach (var field in _all)
        {
            if (field.Key == key)
            {
                return field;
            }
        }

        return null;
    }

    private T? One<T>(FieldMeaning meaning, IEnumerable<(StatedField Field, T? Value)> stated)
        where T : struct
    {
        (StatedField Field, T Value)? first = null;
        foreach (var (field, value) in stated.ToList())
        {
            if (value is not { } v)
            {
                continue;
            }

            if (first is not { } before)
            {
                first = (field, v);
            }
            else if (!v.Equals(before.Value))
            {
                Disagree(meaning, before.Field, field);
            }
        }

        return first?.Value;
    }
}
