namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>How a preset calls what an alert may lack, for errors that say what to state.</summary>
/// <param name="Sizes">The fields of which one states the size.</param>
public sealed record PresetFields(string Symbol, IReadOnlyList<string> Sizes, string Price, string StopPrice)
{
    /// <summary>The two distances of a trailing stop.</summary>
    public IReadOnlyList<string> Trail { get; } = ["trailPercent", "trailAmount"];

    /// <summary>A field's name as an error shows it.</summary>
    public Func<string, string> Shown { get; init; } = name => name;
}
