namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What the exchange last said about a live account's key.</summary>
public enum KeyState
{
    /// <summary>Nobody asked, or the exchange did not answer.</summary>
    Unchecked,

    /// <summary>The exchange takes the key; as far as it tells, the key may neither withdraw nor transfer.</summary>
    Accepted,

    /// <summary>The key may withdraw or transfer.</summary>
    TooPowerful,

    /// <summary>The exchange does not take the key, not from this address, or not for trading.</summary>
    Rejected,
}
