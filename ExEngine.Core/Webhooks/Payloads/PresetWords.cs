using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>How a preset reads an alert: its own names, before those of <see cref="FieldWords"/>, and its own words.</summary>
internal sealed record PresetWords
{
    /// <summary>By their name, or by their path when it has a dot; the first of each meaning is the one that answers name.</summary>
    public required IReadOnlyList<(string Name, FieldMeaning Meaning)> Fields { get; init; }

    public IReadOnlyDictionary<string, DirectedAction> Actions { get; init; } = CustomVocabulary.Actions;

    /// <summary>What a size may be in; <see cref="UnitWords"/> are known besides.</summary>
    public IReadOnlyDictionary<string, SizeMode> Units { get; init; } = new Dictionary<string, SizeMode>();

    /// <summary>Units whose sizes are ratios: 0.1 is 10 %.</summary>
    public IReadOnlyList<string> Ratios { get; init; } = [];

    /// <summary>Percentages of more than 100 are a size.</summary>
    public bool PercentsAbove100 { get; init; }

    /// <summary>A percentage of an exit is of what is held, whatever it is called.</summary>
    public bool ExitsByPosition { get; init; }

    public IReadOnlyDictionary<string, Markets.TimeInForce> TimesInForce { get; init; } = Vocabulary.TimesInForce;

    /// <summary>A stated price makes a limit order where no type is stated.</summary>
    public bool PriceIsLimit { get; init; }

    /// <summary>The price of an order is kept as what the sender saw, too.</summary>
    public bool PriceIsSeen { get; init; }

    /// <summary>The position that must result is enough; it leads to the action.</summary>
    public bool SentimentIsEnough { get; init; }

    public ProtectionNames Protection { get; init; } = ProtectionNames.Usual;

    public string Id { get; init; } = "id";
    public string Exchange { get; init; } = "exchange";
    public string Time { get; init; } = "time";
    public string? MaxLag { get; init; }

    private Dictionary<string, FieldMeaning>? _meanings;
    private string[]? _keys;

    /// <summary>Null when the preset has no word for it.</summary>
    public FieldMeaning? Meaning(string key, string plain)
    {
        _meanings ??= Fields.ToDictionary(f => FieldName.Key(f.Name), f => f.Meaning);
        return _meanings.TryGetValue(key, out var meaning) || _meanings.TryGetValue(plain, out meaning) ? meaning : null;
    }

    /// <summary>What a field of this meaning is called here.</summary>
    public string Name(FieldMeaning meaning)
    {
        foreach (var field in Fields)
        {
            if (field.Meaning == meaning)
            {
                return field.Name;
            }
        }

        return FieldWords.Name(meaning);
    }

    /// <summary>The place of a name among the preset's own; the last for others.</summary>
    public int Rank(StatedField field)
    {
        _keys ??= [.. Fields.Select(f => FieldName.Key(f.Name))];
        for (var i = 0; i < _keys.Length; i++)
        {
            if (Fields[i].Meaning == field.Meaning && _keys[i] == field.Key)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}
