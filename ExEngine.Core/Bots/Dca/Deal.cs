using System.Text.Json.Serialization;

namespace ExEngine.Core.Bots.Dca;

/// <summary>One round of a DCA bot, from its base order to its end, as it is stored.</summary>
public sealed record Deal
{
    /// <summary>Counted over the bot, from 1.</summary>
    public required int Number { get; init; }
    public required DealStatus Status { get; init; }

    /// <summary>What it runs by: an edit of the bot is for the next deal, unless it is asked for here.</summary>
    public required DcaSettings Settings { get; init; }
    public DateTime OpenedAt { get; init; }
    public DateTime? ClosedAt { get; init; }

    /// <summary>What reinvesting made of each amount.</summary>
    public decimal Scale { get; init; } = 1;

    /// <summary>In base: what the base order asks for.</summary>
    public decimal BaseAsked { get; init; }

    /// <summary>In base and quote, before fees: what it got.</summary>
    public decimal BaseQuantity { get; init; }
    public decimal BaseCost { get; init; }

    /// <summary>Quote per base, average of the base order; null until it has ended.</summary>
    public decimal? BasePrice { get; init; }

    /// <summary>The base order's rest was asked for once more.</summary>
    public bool BaseRepeated { get; init; }
    public BotBook Book { get; init; } = BotBook.Empty;
    public IReadOnlyList<SafetyLine> Lines { get; init; } = [];
    public IReadOnlyList<BotOrder> Orders { get; init; } = [];

    /// <summary>Fills that bought, and edits of targets: exits that were planned before are outdated.</summary>
    public int Basis { get; init; }
    public DateTime? BasisAt { get; init; }

    /// <summary>Take-profit steps that were filled, from 0.</summary>
    public IReadOnlyList<int> StepsDone { get; init; } = [];

    /// <summary>Quote per base: the best price since trailing was armed; null while it is not.</summary>
    public decimal? Peak { get; init; }

    /// <summary>UTC: since when the price is beyond the stop; null while it is not.</summary>
    public DateTime? BeyondStopSince { get; init; }

    /// <summary>Percentages that were edited on the running deal.</summary>
    public decimal? TakeProfitEdit { get; init; }
    public decimal? StopLossEdit { get; init; }

    /// <summary>Its settings were changed, and the orders that rest were not compared with them yet.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Why everything held is to be sold at market, or kept, now; null while it is not.</summary>
    public DealEnd? Closing { get; init; }

    /// <summary>In base: held by our books and gone at the exchange; never profit.</summary>
    public decimal Gone { get; init; }

    /// <summary>What a person has to answer, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>UTC: an exit that was refused waits until then.</summary>
    public DateTime? ExitRetryAt { get; init; }

    /// <summary>
    /// Slots of exits that the user cancelled at the exchange and that wait for an answer, and when one was put back last.
    /// </summary>
    public IReadOnlyList<string> HeldExits { get; init; } = [];
    public DateTime? ExitPutBackAt { get; init; }
    public IReadOnlyList<string> Trades { get; init; } = [];

    [JsonIgnore]
    public bool IsOver => Status is DealStatus.Completed or DealStatus.Stopped or DealStatus.Cancelled or DealStatus.Failed;
}

public enum DealStatus
{
    BasePlaced,
    Bought,

    /// <summary>The target was reached and the best price is followed.</summary>
    Trailing,
    Closing,

    /// <summary>Over, with its profit taken.</summary>
    Completed,

    /// <summary>Over, by the stop.</summary>
    Stopped,

    /// <summary>Over, the coins are kept.</summary>
    Cancelled,

    /// <summary>Over: the base order bought nothing that can be sold.</summary>
    Failed,
    NeedsYou,

    /// <summary>The market is not traded any more.</summary>
    Frozen,
}

/// <summary>Why a deal is closed at market.</summary>
public enum DealEnd
{
    Stop,
    Trailing,
    Asked,

    /// <summary>Nothing is sold: the orders come off and the coins are kept.</summary>
    Kept,
}
