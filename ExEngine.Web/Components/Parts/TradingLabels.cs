using ExEngine.Core.Risk;

namespace ExEngine.Web.Components.Parts;

/// <summary>A trading state in words, symbols and tones.</summary>
public static class TradingLabels
{
    public static (string Word, string Symbol, Tone Tone) Of(TradingState state) =>
        state switch
        {
            TradingState.Active => ("Active", "play_circle", Tone.Good),
            TradingState.ReduceOnly => ("Reduce only", "south", Tone.Attention),
            _ => ("Halted", "pan_tool", Tone.Bad),
        };

    /// <summary>What the switch that halts protection too is called, and what it costs.</summary>
    public const string HaltProtection = "Halt protection too";
    public const string HaltProtectionMeans =
        "A halt then stops stops, targets and closes as well. A stop that rests at the exchange stays as it is; nothing else is protected.";

    public static string Means(TradingState state) =>
        state switch
        {
            TradingState.Active => "Signals and orders are traded.",
            TradingState.ReduceOnly => "Only what makes a position smaller is sent.",
            _ => "Nothing is opened. Stops, targets and closes go on.",
        };
}
