namespace ExEngine.Core.Bots.Dca;

/// <summary>All that a DCA bot remembers, stored as JSON in the transaction of each fill and plan.</summary>
public sealed record DcaState
{
    /// <summary>Of this shape.</summary>
    public int Version { get; init; } = 1;
    public BotMode Mode { get; init; }
    public int LastGeneration { get; init; }
    public int LastDeal { get; init; }

    /// <summary>Deals that are not over.</summary>
    public IReadOnlyList<Deal> Deals { get; init; } = [];

    /// <summary>How many are over, and what they earned in quote.</summary>
    public int DealsOver { get; init; }
    public decimal Realized { get; init; }

    /// <summary>In quote: what came in less what went out, of deals that are over.</summary>
    public decimal Money { get; init; }

    /// <summary>What deals left behind: dust, coins that were kept, and fills that came after the end.</summary>
    public BotBook Left { get; init; } = BotBook.Empty;
    public IReadOnlyList<string> LateTrades { get; init; } = [];

    /// <summary>UTC: no deal before.</summary>
    public DateTime? ReadyAt { get; init; }

    /// <summary>Who asked for the next deal; null while nobody did.</summary>
    public string? StartAskedBy { get; init; }

    /// <summary>UTC of the candle's close that began a deal last: it begins no other.</summary>
    public DateTime? StartedClose { get; init; }

    /// <summary>UTC: of a start by interval.</summary>
    public DateTime? NextStart { get; init; }

    /// <summary>Why no deal could be opened, told once; null when there is no reason.</summary>
    public string? OpeningProblem { get; init; }

    /// <summary>As many deals are open, or were made, as the settings allow.</summary>
    public bool IsFull(DcaSettings settings) => Deals.Count >= settings.MaxActiveDeals || LastDeal >= settings.MaxDeals;
}

/// <summary>What a person wants of a bot.</summary>
public enum BotMode
{
    Running,

    /// <summary>What runs goes on to its end, nothing new begins.</summary>
    Finishing,
    Stopped,
}
