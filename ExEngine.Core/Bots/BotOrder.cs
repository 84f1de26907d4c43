using System.Text.Json.Serialization;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>An order of a bot that has not ended as far as its planner knows.</summary>
public sealed record BotOrder
{
    public required string Slot { get; init; }
    public required int Generation { get; init; }
    public required OrderSide Side { get; init; }
    public required OrderType Type { get; init; }

    /// <summary>Quote per base; null at market.</summary>
    public decimal? Price { get; init; }

    /// <summary>In base.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>In base: the sum of its fills that were told.</summary>
    public decimal Executed { get; init; }

    /// <summary>A cancel was asked for and is not proven yet.</summary>
    public bool CancelAsked { get; init; }

    /// <summary>It has ended at the exchange, and some of its fills were not told yet.</summary>
    public BotOrderEnd? End { get; init; }

    /// <summary>In base, executed in all; known with <see cref="End"/>.</summary>
    public decimal? EndExecuted { get; init; }

    /// <summary>What the plan counted with; an exit is outdated when an entry was filled since.</summary>
    public int Basis { get; init; }
    public DateTime PlacedAt { get; init; }

    [JsonIgnore]
    public BotOrderKey Key => new(Slot, Generation);

    /// <summary>In base.</summary>
    [JsonIgnore]
    public decimal Remaining => Quantity - Executed;
}

/// <summary>How an order ended.</summary>
public enum BotOrderEnd
{
    Filled,

    /// <summary>By our cancel or, when none was asked for, by the user on the exchange.</summary>
    Canceled,

    /// <summary>By the exchange: time in force, or so as not to trade with ourselves.</summary>
    Expired,

    /// <summary>The exchange refused it.</summary>
    Rejected,

    /// <summary>The exchange takes no such order now, as market orders after a maintenance: it counts as no failure.</summary>
    NotNow,

    /// <summary>Proven never to have been there.</summary>
    NotPlaced,

    /// <summary>Limits or a halt of this product kept it from being sent.</summary>
    Denied,
}
