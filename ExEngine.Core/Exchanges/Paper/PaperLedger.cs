namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// A paper account as the outside world keeps it. Whoever changes anything of the account locks this row first, so that
/// two instances that trade on it at once change its balances one after the other.
/// </summary>
public sealed class PaperLedger
{
    public Guid AccountId { get; set; }
    public Guid UserId { get; set; }

    /// <summary>Where its rules and prices come from.</summary>
    public required string Exchange { get; set; }

    /// <summary>The highest order number that was given; a reset goes on counting, so that no id comes twice.</summary>
    public long LastOrder { get; set; }
    public long LastTrade { get; set; }
    public DateTime OpenedAt { get; set; }
}
