using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// One way to write an alert. To add one: derive a class in this folder, list it in <see cref="All"/>, and give it a
/// golden test.
/// </summary>
public abstract class Preset
{
    public const string AutoId = "auto";

    /// <summary>In the order in which <c>auto</c> asks them; the native one takes the JSON that no other recognised.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new ThreeCommasStrategyPreset(),
        new ThreeCommasCustomPreset(),
        new OkxPreset(),
        new WunderTradingPreset(),
        new CustomPreset(PayloadMap.Empty),
        new TradersPostPreset(),
        new NativePreset(),
        new TextPreset(),
    ];

    /// <summary>What a webhook's <c>preset</c> may be.</summary>
    public static IReadOnlyList<string> Ids { get; } = [AutoId, .. All.Select(p => p.Id)];

    private static readonly JsonPreset[] Json = [.. All.OfType<JsonPreset>()];
    private static readonly NativePreset Native = All.OfType<NativePreset>().Single();
    private static readonly TextPreset Text = All.OfType<TextPreset>().Single();
    private static readonly WunderTradingPreset Wunder = All.OfType<WunderTradingPreset>().Single();

    /// <summary>As in the REST interface: <c>tradersPost</c>.</summary>
    public abstract string Id { get; }

    /// <summary>As on pages: <c>TradersPost</c>.</summary>
    public abstract string Name { get; }

    public abstract PresetFields Fields { get; }

    /// <summary>Null for an unknown id and for <c>auto</c>.</summary>
    public static Preset? Find(string id)
    {
        foreach (var preset in All)
        {
            if (preset.Id == id)
            {
                return preset;
            }
        }

        return null;
    }

    /// <summary>Whose words a webhook speaks: its preset with its own map, and the native one for <c>auto</c>.</summary>
    /// <param name="map">JSON of the webhook's payload map; counts for the custom preset.</param>
    public static Preset For(string id, string? map) =>
        id == CustomPreset.CustomId && map is not null ? new CustomPreset(PayloadMapParser.Parse(map).Map) : Find(id) ?? Native;

    /// <summary>
    /// Who reads a JSON object: the preset of that id, or for <c>auto</c> the first that recognises it, else the native one.
    /// </summary>
    public static JsonPreset ForJson(string id, JsonPayload payload)
    {
        foreach (var preset in Json)
        {
            if (id == AutoId ? preset.Recognises(payload) : preset.Id == id)
            {
                return preset;
            }
        }

        return Native;
    }

    /// <summary>Who reads a body that is no JSON; null when the webhook's preset reads JSON only.</summary>
    public static Preset? ForText(string id, string text) =>
        id switch
        {
            AutoId => WunderCode.Recognises(text) ? Wunder : Text,
            _ => Find(id) is { ReadsText: true } preset ? preset : null,
        };

    /// <summary>Whether a body that is no JSON can be meant for it.</summary>
    public virtual bool ReadsText => false;

    /// <summary>Called only when <see cref="ReadsText"/>; null when <paramref name="problems"/> tell why there is no draft.</summary>
    public virtual SignalDraft? ReadText(string text, ReadingProblems problems) => null;

    /// <summary>The message of a TradingView strategy alert, with its placeholders.</summary>
    /// <param name="secret">Goes into the body when it is the way to authenticate; null otherwise.</param>
    public abstract string Strategy(string? secret);

    /// <summary>The message of a TradingView indicator alert, with its placeholders.</summary>
    /// <param name="size">What it buys; null when the webhook has a size of its own, so that the message may leave it out.</param>
    public abstract string Indicator(string? secret, SampleOrder? size);

    /// <summary>What else the sender has to know about these messages; null for nothing.</summary>
    public virtual string? Hint => null;

    /// <summary>A market order in its words.</summary>
    public abstract string Sample(SampleAlert alert);
}

/// <summary>A preset whose payload is a JSON object.</summary>
public abstract class JsonPreset : Preset
{
    /// <summary>True when the payload can only be meant for this preset. Asked of every payload of an <c>auto</c> webhook.</summary>
    public abstract bool Recognises(JsonPayload payload);

    /// <summary>Null when <paramref name="payload"/> has collected an error that leaves no draft.</summary>
    public abstract SignalDraft? Read(JsonPayload payload);
}
