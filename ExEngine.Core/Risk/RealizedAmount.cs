namespace ExEngine.Core.Risk;

/// <summary>What was realised in one quote on one exchange.</summary>
/// <param name="Amount">In quote; negative is a loss.</param>
public sealed record RealizedAmount(string Exchange, string Quote, decimal Amount);
