using ExEngine.Core.Bots.Preview;

namespace ExEngine.Core.Bots.Suggestions;

/// <summary>Settings that go with how a market moved, and why.</summary>
/// <param name="Values">What is suggested, by the path of the setting; all else has its default.</param>
/// <param name="Reasons">In words, with the numbers.</param>
public sealed record Suggestion(BotDraft Draft, IReadOnlyList<SuggestedValue> Values, IReadOnlyList<string> Reasons);

/// <param name="Value">As it stands in the settings' JSON.</param>
public sealed record SuggestedValue(string Path, string Value);

/// <summary>How much room there is, and how much is lost when it was too little.</summary>
public enum Boldness
{
    Careful,
    Middle,
    Bold,
}

/// <summary>How the suggestion would have done from some days ago until now, a bad outcome like a good one.</summary>
/// <param name="Days">That were asked for.</param>
/// <param name="From">UTC of the first candle; later than asked for when there are none so old.</param>
/// <param name="Profit">In quote, of the worse path inside candles; what is still open is valued.</param>
/// <param name="HoldPercent">All bought at the first price, in percent of the start as the others.</param>
/// <param name="Deals">Deals that were over, or pairs.</param>
public sealed record SuggestionRun(
    int Days,
    DateTime From,
    DateTime To,
    decimal Profit,
    decimal ProfitPercent,
    decimal OpenProfit,
    decimal MaxDrawdownPercent,
    decimal HoldPercent,
    int Deals
);

/// <summary>What is shown of it.</summary>
/// <param name="LossAt30">In quote: what would be lost if the price fell by 30 % from now.</param>
/// <param name="Ranges">Highest and lowest price of the last days, to choose by instead.</param>
/// <param name="Problems">Why it could not be started, in words of the preview.</param>
/// <param name="Source">Of the candles, in words.</param>
public sealed record SuggestionReport(
    Suggestion Suggestion,
    string Quote,
    decimal Budget,
    decimal LossAt30,
    IReadOnlyList<SuggestionRange> Ranges,
    IReadOnlyList<SuggestionRun> Runs,
    IReadOnlyList<string> Problems,
    string Source
);

public sealed record SuggestionRange(int Days, decimal Low, decimal High);
