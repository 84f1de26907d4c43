namespace ExEngine.Core.Portfolio;

/// <summary>Coins that no position holds are to belong to one: of a position's id, of a webhook, or by hand.</summary>
public sealed record AssignInput
{
    public Guid? PositionId { get; init; }
    public Guid? WebhookId { get; init; }
    public bool? Manual { get; init; }

    /// <summary>The market of the position when it is not named by its id; default: the asset in USDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>In the asset, above 0 and at most what is unassigned.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>In quote: what they cost altogether. Default: at the last price.</summary>
    public decimal? Cost { get; init; }
}

/// <summary>Coins that the exchange does not have any more are taken out of a position, at what they cost: no profit and no loss.</summary>
public sealed record WriteOffInput
{
    public Guid? PositionId { get; init; }

    /// <summary>In base, above 0 and at most what the position holds.</summary>
    public decimal? Quantity { get; init; }
}
