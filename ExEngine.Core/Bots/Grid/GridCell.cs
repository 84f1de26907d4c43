using System.Globalization;
using System.Text.Json.Serialization;
using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Grid;

/// <summary>
/// The interval between two neighbouring lines, which is where a grid earns. It waits to enter, or it holds coins and waits to leave, and
/// its fills decide which. A long enters at the lower line and leaves at the upper one; a short the other way round.
/// </summary>
public sealed record GridCell
{
    /// <summary>Counted over the bot, from 0 at the lowest; the range's steps add more.</summary>
    public required int Id { get; init; }

    /// <summary>Its lines, quote per base, on the tick.</summary>
    public required decimal Lower { get; init; }
    public required decimal Upper { get; init; }

    /// <summary>It waits to leave.</summary>
    public bool IsHeld { get; init; }

    /// <summary>In base, of the entry of this round.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>In base, before fees: what of the entry was executed.</summary>
    public decimal Entered { get; init; }

    /// <summary>In base and quote, fees in them: what it holds and what that cost.</summary>
    public decimal Coins { get; init; }
    public decimal Cost { get; init; }

    /// <summary>In base: what of the coins its exit is for; less than all when profit is taken in coins.</summary>
    public decimal ExitQuantity { get; init; }

    /// <summary>In base, before fees: what of the exit was executed.</summary>
    public decimal Exited { get; init; }
    public LineStatus Status { get; init; }

    /// <summary>In quote or base: what it needed and what was free, when it waits.</summary>
    public decimal? Asked { get; init; }
    public decimal? Free { get; init; }
    public DateTime? RetryAt { get; init; }
    public DateTime? PutBackAt { get; init; }
    public int Failures { get; init; }

    /// <summary>Ticks off its line, away from the price: the exchange ended it there so as not to trade with ourselves.</summary>
    public int Offset { get; init; }
    public string? Problem { get; init; }

    [JsonIgnore]
    public string Slot => string.Create(CultureInfo.InvariantCulture, $"g{Id}");

    /// <summary>The cell of an order's slot; null when it is another order of the bot.</summary>
    public static int? IdOf(string slot) =>
        slot[0] == 'g' && int.TryParse(slot.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
