using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>Words that only mapped payloads know, on top of <see cref="Vocabulary"/>; compared without regard to case.</summary>
internal static class CustomVocabulary
{
    public static readonly IReadOnlyDictionary<string, DirectedAction> Actions = Vocabulary
        .Actions.Select(a => KeyValuePair.Create(a.Key, new DirectedAction(a.Value, null)))
        .Concat(Vocabulary.DirectedActions)
        .ToDictionary();

    public static readonly IReadOnlyDictionary<string, Direction> Directions = new Dictionary<string, Direction>
    {
        ["long"] = Direction.Long,
        ["short"] = Direction.Short,
    };

    public static readonly IReadOnlyDictionary<string, OrderType> OrderTypes = new Dictionary<string, OrderType>(Vocabulary.OrderTypes)
    {
        ["trailing_stop"] = OrderType.TrailingStop,
    };

    public static readonly IReadOnlyDictionary<string, SizeMode> SizeModes = new Dictionary<string, SizeMode>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["base"] = SizeMode.Base,
        ["quote"] = SizeMode.Quote,
        ["percentOfEquity"] = SizeMode.PercentOfEquity,
        ["percentOfAvailable"] = SizeMode.PercentOfAvailable,
        ["percentOfPosition"] = SizeMode.PercentOfPosition,
        ["riskAmount"] = SizeMode.RiskAmount,
        ["riskPercent"] = SizeMode.RiskPercent,
    };
}
