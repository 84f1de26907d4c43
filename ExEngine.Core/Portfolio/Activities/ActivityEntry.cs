using ExEngine.Core.Alarms;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Portfolio.Activities;

/// <summary>One thing that happened to a user's money or signals, as the row that says it holds it.</summary>
public sealed record ActivityEntry
{
    /// <summary>Of that row: sequential, so newest first is descending id.</summary>
    public required Guid Id { get; init; }
    public required ActivityKind Kind { get; init; }

    /// <summary>UTC: an execution by the exchange's clock, everything else by ours.</summary>
    public required DateTime At { get; init; }

    /// <summary>Null where none is known.</summary>
    public Guid? AccountId { get; init; }
    public string? Account { get; init; }

    /// <summary>Of that account: CCXT's id, or <c>paper</c>.</summary>
    public string? Exchange { get; init; }
    public string? Symbol { get; init; }
    public OrderSide? Side { get; init; }

    /// <summary>Executed, in base before fees; null for refusals and alarms.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote per base; null for refusals and alarms.</summary>
    public decimal? Price { get; init; }

    /// <summary>In quote: what an execution realised; zero for one that adds, null for refusals and alarms.</summary>
    public decimal? RealizedProfit { get; init; }

    /// <summary>Which part of its origin an order is: <c>enter</c>, <c>takeProfit1</c>, <c>stopLoss</c>.</summary>
    public string? Leg { get; init; }

    /// <summary>What a refused signal asked for.</summary>
    public string? Action { get; init; }
    public AlarmKind? AlarmKind { get; init; }

    /// <summary>Of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was refused, or what is wrong and what to do.</summary>
    public string? Text { get; init; }

    /// <summary>The signal that was refused.</summary>
    public Guid? SignalId { get; init; }

    /// <summary>The order that was executed or refused, or that an alarm is about.</summary>
    public Guid? OrderId { get; init; }
}
