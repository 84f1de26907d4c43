namespace ExEngine.Core.Exchanges;

/// <summary>What an account holds of one asset. <paramref name="Used"/> is locked in open orders.</summary>
public sealed record AssetBalance(string Asset, decimal Free, decimal Used)
{
    public decimal Total => Free + Used;
}
