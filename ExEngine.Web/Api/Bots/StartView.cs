using ExEngine.Core.Bots.Indicators;

namespace ExEngine.Web.Api.Bots;

/// <summary>What the conditions of a bot's start say: all of one group, or of any, begin a deal at the close of a candle.</summary>
/// <param name="ClosedAt">Of the close by which they hold; null while they do not.</param>
/// <param name="Until">The next close.</param>
/// <param name="Words">What is waited for.</param>
public sealed record StartView(
    bool Holds,
    DateTime? ClosedAt,
    DateTime Until,
    string Words,
    IReadOnlyList<IReadOnlyList<ConditionView>> Groups
)
{
    public static StartView? Of(StartLook? look) =>
        look is null
            ? null
            : new(
                look.Holds,
                look.ClosedAt,
                look.Until,
                StartWords.Waits(look),
                [.. look.Groups.Select(g => (IReadOnlyList<ConditionView>)[.. g.Select(ConditionView.Of)])]
            );
}

/// <summary>Values are no money and rounded.</summary>
/// <param name="Now">With the last price, as if its candle closed by it; null without a price.</param>
/// <param name="Value">At the last close; null until there are closes enough.</param>
/// <param name="Before">At the close before.</param>
/// <param name="Distance">The level less the value at the last close.</param>
/// <param name="ClosesSinceTrue">0 for met by the last close; null for not in the last 100.</param>
/// <param name="Problem">Why it is not met whatever its value: candles are missing or late.</param>
public sealed record ConditionView(
    string Text,
    decimal? Now,
    decimal? Value,
    decimal? Before,
    decimal? Distance,
    bool Holds,
    int? ClosesSinceTrue,
    DateTime? ClosedAt,
    string? Problem
)
{
    public static ConditionView Of(ConditionLook look) =>
        new(
            StartWords.Of(look.Condition),
            Number(look.Now),
            Number(look.Reading.Value),
            Number(look.Reading.Before),
            Number(look.Reading.Distance),
            look.Holds,
            look.Reading.ClosesSinceTrue,
            look.ClosedAt,
            look.Problem
        );

    private static decimal? Number(double? value) => value is { } v && Math.Abs(v) < 1e15 ? Math.Round((decimal)v, 8) : null;
}
