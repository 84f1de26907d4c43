namespace ExEngine.Core.Positions;

/// <summary>
/// What an account holds of a market through our fills, and what it earned: one row per account and symbol, kept for ever.
/// Flat when <see cref="Quantity"/> is zero. Spot only: a position is never short.
/// </summary>
public sealed class Position
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }
    public required string Base { get; set; }
    public required string Quote { get; set; }

    /// <summary>In base: executed less fees that were paid in base. What cannot be sold because of the step is in it: dust.</summary>
    public decimal Quantity { get; set; }

    /// <summary>In quote, fees in quote included: what the held quantity cost. <c>EntryCost / Quantity</c> is the average entry.</summary>
    public decimal EntryCost { get; set; }

    /// <summary>
    /// In quote, after fees in base and in quote: the sum over all fills, ever. Fees in a third asset are in <see cref="Fees"/> only.
    /// </summary>
    public decimal RealizedProfit { get; set; }

    /// <summary>In quote: the part of <see cref="RealizedProfit"/> since <see cref="OpenedAt"/>; of the last round while closed.</summary>
    public decimal RoundTripProfit { get; set; }

    /// <summary>In base: sold beyond what our own fills had bought, such as coins that were there before.</summary>
    public decimal SoldFromOutside { get; set; }

    /// <summary>JSON object of asset to exact decimal: every fee ever paid.</summary>
    public string Fees { get; set; } = "{}";

    /// <summary>UTC; null while closed: flat, or with nothing but dust left by a sell.</summary>
    public DateTime? OpenedAt { get; set; }

    /// <summary>UTC; null while open or never opened.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>
    /// Exchange time and trade id of the newest fill that is in here: an older one that arrives later means counting anew.
    /// </summary>
    public DateTime? LastFillAt { get; set; }
    public string? LastTradeId { get; set; }

    /// <summary>JSON of the take-profits, stop-loss, trailing stop and break-even that the engine keeps; null for none.</summary>
    public string? Protection { get; set; }

    /// <summary>UTC; set while <see cref="Protection"/> needs the engine's eye.</summary>
    public DateTime? ProtectedAt { get; set; }

    /// <summary>Somebody asked to close a share of it: the press's id, and percent above 0 to 100. Null when nobody did.</summary>
    public Guid? CloseRequestId { get; set; }
    public decimal? CloseShare { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Counts changes, for optimistic writes.</summary>
    public int Version { get; set; }
}
