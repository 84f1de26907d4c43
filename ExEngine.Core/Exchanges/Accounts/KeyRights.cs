namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What an API key may do; null where the exchange does not tell.</summary>
public sealed record KeyRights(bool? Trade, bool? Withdraw, bool? Transfer, bool? IpRestricted)
{
    /// <summary>The exchange's own id of the account that the key is of: the same for every key to it.</summary>
    public string? Account { get; init; }
}
