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

    public static string Means(TradingState state) =>
        state switch
        {
            TradingState.Active => "Signals and orders are traded.",
            TradingState.ReduceOnly => "Only what makes a position smaller is sent.",
            _ => "Nothing is sent. Open orders stay.",
        };
}
