namespace ExEngine.Core.Bots.Indicators;

/// <summary>What the conditions of a start say at a moment: the same until <paramref name="Until"/>, unless candles come late.</summary>
/// <param name="Holds">All of one group hold.</param>
/// <param name="ClosedAt">UTC of the close by which that group holds: each opens one deal. Null while none does.</param>
/// <param name="Until">UTC of the next close of any candle that is looked at.</param>
public sealed record StartLook(bool Holds, DateTime? ClosedAt, DateTime Until, IReadOnlyList<IReadOnlyList<ConditionLook>> Groups);

/// <summary>One condition of them.</summary>
/// <param name="Reading">At the last close that is there.</param>
/// <param name="Now">With the price of now as if its candle closed by it; null where no price was given.</param>
/// <param name="ClosedAt">UTC of the close that was looked at.</param>
/// <param name="Problem">Why it is not met whatever the reading says: candles are missing or late. In words.</param>
public sealed record ConditionLook(StartCondition Condition, ConditionReading Reading, double? Now, DateTime? ClosedAt, string? Problem)
{
    public bool Holds => Problem is null && Reading.Holds;
}

/// <summary>Candles of one size as they are known.</summary>
/// <param name="Closes">Null while none are.</param>
/// <param name="Problem">Why there are none newer, in words.</param>
public readonly record struct CandleView(CandleCloses? Closes, string? Problem);
