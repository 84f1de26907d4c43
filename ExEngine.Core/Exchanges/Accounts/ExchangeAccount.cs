namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>A named account on an exchange. The UI calls it "Accounts".</summary>
public sealed class ExchangeAccount
{
    public const int MaxKeyMessage = 400;

    public Guid Id { get; set; }
    public Guid UserId { get; set; }

    /// <summary>3 to 64 characters, unique per user without regard to case (<see cref="NormalizedName"/>).</summary>
    public required string Name { get; set; }
    public required string NormalizedName { get; set; }

    /// <summary>CCXT's id of the exchange, or <c>paper</c> for the built-in one.</summary>
    public required string Exchange { get; set; }
    public AccountMode Mode { get; set; }

    /// <summary>Sealed by <c>SecretSealer</c> for this row and this field; null where the exchange needs none.</summary>
    public string? ApiKeySealed { get; set; }
    public string? SecretSealed { get; set; }
    public string? PassphraseSealed { get; set; }

    /// <summary>The last four characters of the API key, the only part that is ever shown.</summary>
    public string? ApiKeyHint { get; set; }

    /// <summary>What the exchange last said about the key of a live account. Its rights are null where it does not tell.</summary>
    public KeyState KeyState { get; set; }
    public string? KeyMessage { get; set; }
    public bool? KeyMayTrade { get; set; }
    public bool? KeyMayWithdraw { get; set; }
    public bool? KeyMayTransfer { get; set; }
    public bool? KeyIpRestricted { get; set; }

    /// <summary>UTC; null when the exchange never answered.</summary>
    public DateTime? KeyCheckedAt { get; set; }

    /// <summary>
    /// A hash of the exchange and the API key, with <c>key:</c> in front: a key that is entered twice is recognised.
    /// </summary>
    public string? ExchangeUid { get; set; }

    /// <summary>The key's rights; null until the exchange answered.</summary>
    public KeyRights? Rights => KeyCheckedAt is null ? null : new(KeyMayTrade, KeyMayWithdraw, KeyMayTransfer, KeyIpRestricted);

    /// <summary>UTC; when it is to be asked again. Null for paper accounts.</summary>
    public DateTime? KeyDueAt { get; set; }

    /// <summary>JSON object of asset to exact decimal string: what a paper account starts with.</summary>
    public string? PaperBalances { get; set; }

    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Set when the user deleted it. The row stays because signals name it; its secrets are wiped.</summary>
    public DateTime? DeletedAt { get; set; }
}

public enum AccountMode
{
    Paper,
    Live,
}
