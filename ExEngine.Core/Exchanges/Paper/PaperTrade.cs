using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>One execution on a paper account, kept for ever.</summary>
public sealed class PaperTrade
{
    public Guid AccountId { get; set; }

    /// <summary>The exchange's id of the trade, from 1 in each account.</summary>
    public long Number { get; set; }
    public long OrderNumber { get; set; }
    public required string Symbol { get; set; }
    public OrderSide Side { get; set; }

    /// <summary>Quote per base.</summary>
    public decimal Price { get; set; }

    /// <summary>In base, before fees.</summary>
    public decimal Quantity { get; set; }

    /// <summary>In quote, before fees.</summary>
    public decimal Cost { get; set; }
    public decimal Fee { get; set; }
    public required string FeeAsset { get; set; }
    public bool IsMaker { get; set; }
    public DateTime At { get; set; }
}
