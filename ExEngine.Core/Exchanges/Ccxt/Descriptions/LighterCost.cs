namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>A question that the gateway (<c>costs.mjs</c>) counts with less than CCXT does.</summary>
/// <param name="Path">As CCXT names it in its table of methods.</param>
/// <param name="With">Only when it has this parameter.</param>
/// <param name="Cost">In CCXT's units of the exchange.</param>
public sealed record LighterCost(string Path, string With, decimal Cost);
