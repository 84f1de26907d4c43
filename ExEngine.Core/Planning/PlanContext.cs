using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Planning;

/// <summary>All that <see cref="SignalPlanner"/> looks at. What is asked of the exchange is null until a plan needs it.</summary>
public sealed record PlanContext
{
    public required Guid SignalId { get; init; }
    public required SignalDraft Draft { get; init; }

    /// <summary>What happens to a stated number that is off the market's increment.</summary>
    public required Rounding Rounding { get; init; }

    /// <summary>In percent above the price of the planning, of market entries; null is no limit.</summary>
    public decimal? MaxSlippage { get; init; }
    public required Market Market { get; init; }

    /// <summary>The owner's; null when it never traded the symbol.</summary>
    public Position? Position { get; init; }

    /// <summary>What other owners hold of the symbol on this account: for words, never to be sold.</summary>
    public IReadOnlyList<HeldByOther> HeldByOthers { get; init; } = [];

    /// <summary>Every order of the position's owner of this account and symbol that is not settled yet, whatever it comes from.</summary>
    public IReadOnlyList<Order> OpenOrders { get; init; } = [];

    /// <summary>Every order of this signal, settled or not.</summary>
    public IReadOnlyList<Order> OwnOrders { get; init; } = [];
    public Ticker? Price { get; init; }
    public IReadOnlyList<AssetBalance>? Balances { get; init; }

    /// <summary>Worth of the account in the market's quote asset.</summary>
    public decimal? Equity { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Now { get; init; }
}

/// <param name="Owner">As a sentence names it.</param>
/// <param name="Quantity">In base.</param>
public sealed record HeldByOther(string Owner, decimal Quantity);
