namespace ExEngine.Core.Exchanges;

/// <summary>Section <c>Exchanges</c>: settings by CCXT's id of an exchange.</summary>
public sealed class ExchangesOptions() : Dictionary<string, ExchangeOptions>(StringComparer.OrdinalIgnoreCase);
