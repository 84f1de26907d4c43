namespace ExEngine.Core.Portfolio;

/// <summary>One asset of an account: what the exchange says against what the positions say. Amounts in the asset.</summary>
/// <param name="Exchange">Free and locked.</param>
/// <param name="Positions">The sum over all owners and symbols with this base.</param>
/// <param name="ForeignLocked">Locked at the exchange by orders that are not ours.</param>
public sealed record AssetHolding(string Asset, decimal Exchange, decimal Positions, decimal ForeignLocked)
{
    /// <summary>What no position holds; negative when the exchange has less than the positions say.</summary>
    public decimal Unassigned => Exchange - Positions;
}
