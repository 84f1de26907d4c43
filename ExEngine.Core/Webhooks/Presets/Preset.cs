namespace ExEngine.Core.Webhooks.Presets;

/// <summary>
/// One way to write an alert. To add one: derive a class in this folder, list it in <see cref="All"/>, and give it a
/// golden test.
/// </summary>
public abstract class Preset
{
    public const string AutoId = "auto";

    /// <summary>In the order in which <c>auto</c> asks them; the last JSON one takes what no other recognised.</summary>
    public static IReadOnlyList<Preset> All { get; } = [new TradersPostPreset(), new NativePreset(), new TextPreset()];

    /// <summary>What a webhook's <c>preset</c> may be.</summary>
    public static IReadOnlyList<string> Ids { get; } = [AutoId, .. All.Select(p => p.Id)];

    /// <summary>As in the REST interface: <c>tradersPost</c>.</summary>
    public abstract string Id { get; }

    /// <summary>As on pages: <c>TradersPost</c>.</summary>
    public abstract string Name { get; }
}

/// <summary>A preset whose payload is a JSON object.</summary>
public abstract class JsonPreset : Preset
{
    /// <summary>True when the payload can only be meant for this preset.</summary>
    public abstract bool Recognises(JsonPayload payload);

    /// <summary>Null when <paramref name="payload"/> has collected an error that leaves no draft.</summary>
    public abstract SignalDraft? Read(JsonPayload payload);
}
