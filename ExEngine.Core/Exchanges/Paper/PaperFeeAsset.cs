namespace ExEngine.Core.Exchanges.Paper;

/// <summary>What a fee is paid in.</summary>
public enum PaperFeeAsset
{
    /// <summary>Base for a buy, quote for a sell.</summary>
    Received,
    Base,
    Quote,
}
