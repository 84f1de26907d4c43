using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Running;

/// <summary>A deal that is over, as it was at its end. Fills that come later are the bot's own.</summary>
public sealed class BotDeal
{
    public Guid BotId { get; set; }

    /// <summary>Counted over the bot, from 1.</summary>
    public int Number { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public DealStatus Status { get; set; }
    public DateTime OpenedAt { get; set; }
    public DateTime ClosedAt { get; set; }

    /// <summary>How many of its safety orders executed something.</summary>
    public int SafetyOrders { get; set; }

    /// <summary>In quote, before fees: all that it bought.</summary>
    public decimal Entered { get; set; }

    /// <summary>In quote, fees in quote included.</summary>
    public decimal Realized { get; set; }

    /// <summary>In base and quote: what was kept, and its cost.</summary>
    public decimal Kept { get; set; }
    public decimal KeptCost { get; set; }
}
