namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// What of an account's balances our own fills do not explain, asset by asset: what was there before, came in, went out, or was traded
/// elsewhere. One row per account, written with its <see cref="EquitySnapshot"/>s.
/// </summary>
public sealed class AccountFlow
{
    public Guid AccountId { get; set; }
    public Guid UserId { get; set; }

    /// <summary>What <see cref="NetDeposits"/> is in; another reporting currency begins it anew.</summary>
    public required string Currency { get; set; }

    /// <summary>What was there at the first look, and what came since: at the rates of when each was seen.</summary>
    public decimal NetDeposits { get; set; }

    /// <summary>JSON object of asset to <see cref="AssetFlow"/>.</summary>
    public required string Assets { get; set; }

    /// <summary>UTC: fills whose ids are from before are in <see cref="AssetFlow.Traded"/>; later ones are read with each look.</summary>
    public DateTime CountedTo { get; set; }

    /// <summary>Counts changes, for optimistic writes: of two looks at once one is dropped.</summary>
    public int Version { get; set; }
}

/// <summary>Amounts in the asset.</summary>
/// <param name="Outside">What is in <see cref="AccountFlow.NetDeposits"/>.</param>
/// <param name="Seen">What the last look found to be from outside: a difference counts once two looks find the same.</param>
/// <param name="Traded">What fills changed since the first look, fees included, as far as they are not read again.</param>
public sealed record AssetFlow(decimal Outside, decimal Seen, decimal Traded);
