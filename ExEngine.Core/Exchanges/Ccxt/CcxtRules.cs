using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>What the gateway's answer says.</summary>
/// <param name="Missing">Kinds of market, as in <see cref="Market.Kind"/>, for which the exchange did not answer.</param>
public sealed record CcxtRules(IReadOnlyList<Market> Markets, IReadOnlyList<string> Missing);
