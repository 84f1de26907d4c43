namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>A code whose text decides what it means.</summary>
/// <param name="Says">Part of the text, in any case.</param>
public sealed record CodeMessage(string Code, string Says, FaultKind Means);
