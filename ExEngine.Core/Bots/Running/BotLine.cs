using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>One order that a bot has or would place, with its state.</summary>
/// <param name="Slot">What it is answered by.</param>
/// <param name="Name">In words: <c>Safety order 2</c>, <c>Line 94 – 96</c>.</param>
/// <param name="Deal">Of a DCA bot.</param>
/// <param name="Price">Quote per base; null at market.</param>
/// <param name="Quantity">In base.</param>
/// <param name="Filled">In base, of this round.</param>
/// <param name="Asked">In quote or base: what it needs, when it waits.</param>
/// <param name="Free">What there is, when it waits.</param>
/// <param name="RetryAt">UTC; not tried again before.</param>
/// <param name="Problem">In words, or null.</param>
/// <param name="Leg">Of the order that rests; null while none does.</param>
public sealed record BotLine(
    string Slot,
    string Name,
    int? Deal,
    OrderSide Side,
    decimal? Price,
    decimal Quantity,
    decimal Filled,
    LineStatus Status,
    decimal? Asked,
    decimal? Free,
    DateTime? RetryAt,
    string? Problem,
    string? Leg
)
{
    /// <summary>It waits for a person: to be put back, or left.</summary>
    public bool Asks => Status is LineStatus.CancelledByYou or LineStatus.NeedsYou;
}
