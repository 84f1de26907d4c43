namespace ExEngine.Core.Positions;

/// <summary>
/// What one owner holds of a market on an account, from its own fills, and what it earned: one row per account, symbol and owner, kept
/// for ever. Flat when <see cref="Quantity"/> is zero. Spot only: a position is never short.
/// </summary>
public sealed class Position
{
    /// <summary>One that holds nothing yet.</summary>
    public static Position New(
        Guid id,
        Guid userId,
        Guid accountId,
        (string Symbol, string Base, string Quote) market,
        PositionOwner owner,
        DateTime now
    ) =>
        new()
        {
            Id = id,
            UserId = userId,
            AccountId = accountId,
            Symbol = market.Symbol,
            OwnerKind = owner.Kind,
            OwnerId = owner.Id,
            Base = market.Base,
            Quote = market.Quote,
            UpdatedAt = now,
        };

    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public required string Symbol { get; set; }

    /// <summary>Whose orders make it: <see cref="PositionOwner"/> in two columns.</summary>
    public OwnerKind OwnerKind { get; set; }
    public Guid OwnerId { get; set; }
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

    /// <summary>Somebody asked to close a share of it: the press's id, and percent above 0 to 100. Null when nobody did.</summary>
    public Guid? CloseRequestId { get; set; }
    public decimal? CloseShare { get; set; }

    /// <summary>UTC instant of the last press that asked to close it.</summary>
    public DateTime? CloseRequestedAt { get; set; }

    /// <summary>Why the last wish to close it was refused, as a code and in words; null when it was not.</summary>
    public string? CloseCode { get; set; }
    public string? CloseReason { get; set; }

    /// <summary>UTC; set with every change of the row: the engine reads again what changed since it last looked.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Counts changes, for optimistic writes.</summary>
    public int Version { get; set; }
}
