using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Dca;

/// <summary>What a DCA bot is to do. Percentages are in percent: 1.5 is 1.5 %. Amounts are in quote unless a unit says otherwise.</summary>
public sealed record DcaSettings
{
    public BotDirection Direction { get; init; }

    /// <summary>In <see cref="BaseOrderUnit"/>.</summary>
    public decimal BaseOrder { get; init; }
    public DcaUnit BaseOrderUnit { get; init; }

    /// <summary>Market or limit at the price of the start.</summary>
    public OrderType BaseOrderType { get; init; } = OrderType.Market;

    /// <summary>After so many seconds the rest of a base order at a limit is cancelled.</summary>
    public int BaseTimeoutSeconds { get; init; } = 600;

    /// <summary>The rest of a base order that ended early is asked for once more.</summary>
    public bool FillRemainder { get; init; }

    /// <summary>
    /// Percent that the base order may trade worse than the price of the start: it is sent as a limit, immediate or cancel.
    /// </summary>
    public decimal? MaxSlippage { get; init; }

    /// <summary>In quote, of the first safety order.</summary>
    public decimal SafetyOrder { get; init; }
    public int MaxSafetyOrders { get; init; }

    /// <summary>How many rest at the exchange at once.</summary>
    public int ActiveSafetyOrders { get; init; } = 1;

    /// <summary>Percent between the base order and the first safety order.</summary>
    public decimal Deviation { get; init; }

    /// <summary>Each step is so many times the one before.</summary>
    public decimal StepScale { get; init; } = 1;

    /// <summary>Each safety order is so many times the one before.</summary>
    public decimal VolumeScale { get; init; } = 1;

    /// <summary>Safety orders stated one by one, instead of the five settings above.</summary>
    public IReadOnlyList<LadderStep> CustomLadder { get; init; } = [];

    /// <summary>
    /// A safety order that waited for funds while the price passed it is placed late, at its own price, and else left out.
    /// </summary>
    public bool LateSafetyOrders { get; init; } = true;
    public DcaTakeProfit TakeProfit { get; init; } = new();
    public DcaStopLoss? StopLoss { get; init; }

    /// <summary>Between the end of a deal and the next.</summary>
    public int CooldownSeconds { get; init; }
    public int MaxActiveDeals { get; init; } = 1;

    /// <summary>The bot finishes after so many; null: never.</summary>
    public int? MaxDeals { get; init; }

    /// <summary>Deals are opened between these prices only; quote per base, inclusive.</summary>
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }

    /// <summary>Percent of the profit so far that makes the next deals larger.</summary>
    public decimal Reinvest { get; init; }
    public DcaStart Start { get; init; }

    /// <summary>Of a start by conditions: a deal begins when all of any group hold.</summary>
    public IReadOnlyList<IReadOnlyList<StartCondition>> Conditions { get; init; } = [];

    /// <summary>Of a start by interval.</summary>
    public BuySchedule? Schedule { get; init; }
    public CancelledLine RestoreCancelled { get; init; } = CancelledLine.Ask;
}

/// <param name="Deviation">Percent from the base order.</param>
/// <param name="Amount">In quote.</param>
public sealed record LadderStep(decimal Deviation, decimal Amount);

public enum DcaUnit
{
    Quote,
    Base,
    EquityPercent,
}

public enum DcaStart
{
    AtOnce,

    /// <summary>By a person or a webhook: when it is asked for. Of the others too, besides.</summary>
    WhenAsked,

    /// <summary>When indicators say so at the close of a candle; each close begins one deal at most.</summary>
    Conditions,

    /// <summary>At set times; one that finds as many deals open as may be is left out.</summary>
    Interval,
}

/// <summary>What happens to an order that the user cancelled at the exchange.</summary>
public enum CancelledLine
{
    Ask,

    /// <summary>Once per line and hour; then asked.</summary>
    PutBack,
    Leave,
}

/// <summary>From where a percentage counts.</summary>
public enum PriceBase
{
    /// <summary>The average of what was bought; it moves with each safety order.</summary>
    Average,

    /// <summary>The base order's price; of a take-profit: percent of the base order's amount.</summary>
    BaseOrder,
}
