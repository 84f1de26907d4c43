using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Exchanges;

/// <summary>Section <c>Exchanges:&lt;id&gt;</c>, one per exchange, by CCXT's id.</summary>
public sealed class ExchangeOptions
{
    /// <summary>
    /// Where every HTTP call of this exchange goes instead of its own address, with the path kept: a proxy, a testnet or
    /// a test double. Default: none.
    /// </summary>
    [Url]
    public string? BaseUrl { get; set; }

    /// <summary>
    /// Whether all calls of this exchange go to its test network, at the addresses that CCXT knows. Where CCXT knows none, every call is
    /// refused before it is sent.
    /// </summary>
    public bool Sandbox { get; set; }
}
