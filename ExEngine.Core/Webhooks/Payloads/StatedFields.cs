using System.Text.Json;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>Collects what an alert states, at any depth, each with its meaning: the preset's own names first, then usual ones.</summary>
internal readonly struct StatedFields
{
    private readonly PresetWords _words;
    private readonly List<StatedField> _found;

    private StatedFields(PresetWords words) => (_words, _found) = (words, []);

    public static List<StatedField> Of(JsonElement root, PresetWords words)
    {
        var fields = new StatedFields(words);
        fields.Collect(root, "", null, isRepeated: false);
        bool? isBar = null;
        foreach (var field in fields._found)
        {
            if (field.Meaning == FieldMeaning.None && FieldWords.IsVolume(field.Plain) && !field.IsNothing)
            {
                isBar ??= FieldWords.IsBarVolume(fields._found);
                field.Meaning = isBar.Value ? FieldMeaning.None : FieldMeaning.OtherSize;
            }
        }

        return fields._found;
    }

    private void Collect(JsonElement parent, string path, string? parentPlain, bool isRepeated)
    {
        foreach (var property in parent.EnumerateObject())
        {
            if (SecretFields.IsSecret(property.Name))
            {
                continue;
            }

            var (name, value) = (property.Name, property.Value);
            var plain = FieldName.Plain(name);
            var own = _words.Meaning(FieldName.Key(path + name), plain);
            if (own is not (FieldMeaning.StopLoss or FieldMeaning.TakeProfit) && IsContainer(value))
            {
                var whole = FieldWords.Container(name, plain);
                if (whole == FieldMeaning.None)
                {
                    CollectNested(value, path + name, plain, isRepeated);
                    continue;
                }

                own = whole;
            }

            var meaning = own ?? FieldWords.Of(parentPlain, name, value);

            // A list of orders is several trades, and an alert is one.
            meaning = isRepeated && meaning != FieldMeaning.None ? FieldMeaning.OtherOrder : meaning;
            _found.Add(new StatedField(path + name, plain, value, meaning));
        }
    }

    private void CollectNested(JsonElement value, string path, string plain, bool isRepeated)
    {
        if (FieldWords.IsBar(plain))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            Collect(value, path + ".", plain, isRepeated);
            return;
        }

        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            Collect(item, $"{path}[{i}].", plain, isRepeated || i > 0);
            i++;
        }
    }

    private static bool IsContainer(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(),
            JsonValueKind.Array => value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object),
            _ => false,
        };
}
