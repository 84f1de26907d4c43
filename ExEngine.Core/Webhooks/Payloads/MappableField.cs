using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A field of <see cref="SignalDraft"/> that a payload map can fill.</summary>
/// <param name="Name">As in the map and in REST: <c>stopLoss.percent</c>.</param>
/// <param name="Label">As on pages.</param>
/// <param name="Choices">The words that it takes; null for text, numbers and times.</param>
/// <param name="IsNumber">Takes an exact number only.</param>
public sealed record MappableField(string Name, string Label, IReadOnlyList<string>? Choices = null, bool IsNumber = false)
{
    public const int MaxTakeProfits = 6;

    public static IReadOnlyList<MappableField> All { get; } =
    [
        new("symbol", "Symbol"),
        Choice("action", "Action", CustomVocabulary.Actions),
        Choice("direction", "Direction", CustomVocabulary.Directions),
        Choice("sentiment", "Resulting position", Vocabulary.Sentiments),
        Number("quantity", "Quantity, in base"),
        Number("cost", "Amount, in quote"),
        Number("size", "Size"),
        Choice("sizeMode", "Size is in", CustomVocabulary.SizeModes),
        Choice("orderType", "Order type", CustomVocabulary.OrderTypes),
        Number("price", "Limit price"),
        Number("stopPrice", "Stop price"),
        Number("trailAmount", "Trail, in quote"),
        Number("trailPercent", "Trail, percent"),
        Number("seenPrice", "Price they saw"),
        Choice("timeInForce", "Time in force", Vocabulary.TimesInForce),
        Choice("reduceOnly", "Reduce only", Vocabulary.Flags),
        Choice("cancelOpen", "Cancel open first", Vocabulary.Flags),
        .. Enumerable.Range(0, MaxTakeProfits).SelectMany(TakeProfit),
        Choice("stopLoss.type", "Stop-loss: type", ProtectionReader.StopTypes),
        Number("stopLoss.percent", "Stop-loss: percent"),
        Number("stopLoss.amount", "Stop-loss: in quote"),
        Number("stopLoss.stopPrice", "Stop-loss: stop price"),
        Number("stopLoss.limitPrice", "Stop-loss: limit price"),
        Number("stopLoss.trailAmount", "Stop-loss: trail in quote"),
        Number("stopLoss.trailPercent", "Stop-loss: trail percent"),
        Choice("stopLoss.breakEven", "Stop-loss: break-even", Vocabulary.Flags),
        new("id", "Own id"),
        new("time", "Time of the alert"),
        Number("maxLag", "Maximum age, seconds"),
        Number("delay", "Delay, seconds"),
        new("exchange", "Exchange"),
        Choice("previousSentiment", "Position before", Vocabulary.Sentiments),
        Number("positionSize", "Resulting size"),
        Number("previousPositionSize", "Size before"),
    ];

    private static readonly Dictionary<string, MappableField> ByName = All.ToDictionary(f => f.Name);

    public static MappableField? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<MappableField> TakeProfit(int index)
    {
        var (name, label) = ($"takeProfits[{index}].", $"Take-profit {index + 1}: ");
        return
        [
            Number(name + "percent", label + "percent"),
            Number(name + "amount", label + "in quote"),
            Number(name + "limitPrice", label + "price"),
            Number(name + "share", label + "share, %"),
            Choice(name + "orderType", label + "order type", Vocabulary.PlainOrderTypes),
        ];
    }

    private static MappableField Number(string name, string label) => new(name, label, IsNumber: true);

    private static MappableField Choice<T>(string name, string label, IReadOnlyDictionary<string, T> words) =>
        new(name, label, [.. words.Keys]);
}
