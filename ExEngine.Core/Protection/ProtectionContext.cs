using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>All that <see cref="ProtectionPlanner"/> looks at.</summary>
public sealed record ProtectionContext
{
    public required ProtectionPlan Plan { get; init; }
    public required Position Position { get; init; }
    public required Market Market { get; init; }

    /// <summary>
    /// Every order of ours of this account and symbol that is not settled, and, whatever their state, those that the plan waits for:
    /// <see cref="Order.OriginId"/> is one of <see cref="ProtectionPlan.Origins"/> and <see cref="Order.Leg"/> one of
    /// <see cref="ProtectionPlan.Legs"/>. A leg whose order is missing counts as refused.
    /// </summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    /// <summary>
    /// Null while unknown; <see cref="Ticker.At"/> is when it was heard. One that is older than 2.5 s, or was heard before the last fill,
    /// triggers nothing.
    /// </summary>
    public Ticker? Price { get; init; }

    /// <summary>False while even protection is halted. Whoever asks holds that state until what the planner says is written.</summary>
    public bool MayPlace { get; init; } = true;

    /// <summary>The exchange takes stop orders on this market: then the stop rests there and take-profits are watched.</summary>
    public bool StopsRest { get; init; } = true;

    /// <summary>A signal or a person is about to sell and has freed coins for it: nothing is placed or cancelled meanwhile.</summary>
    public bool Paused { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }
}
