using System.Collections.Frozen;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.Ccxt.Descriptions;

namespace ExEngine.Core.Exchanges;

/// <summary>An exchange that accounts can be on.</summary>
/// <param name="Id">CCXT's id, or <c>paper</c>.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Credentials">What a live account needs, in CCXT's words: <c>apiKey</c>, <c>secret</c>, <c>password</c> (a passphrase),
/// …</param>
/// <param name="Streams">Whether CCXT can stream from it.</param>
/// <param name="CostBuys">Market buys on spot are sent by what they cost instead of a quantity.</param>
public sealed record ExchangeInfo(string Id, string Name, IReadOnlyList<string> Credentials, bool Streams, bool CostBuys = false)
{
    private static readonly FrozenSet<string> CostBuying = CcxtExchangeList
        .Read()
        .Where(e => e.CostBuys)
        .Select(e => e.Id)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Id of the built-in exchange.</summary>
    public const string Paper = "paper";

    /// <summary>Whether stop orders may rest there; elsewhere the engine watches stops itself.</summary>
    public static bool TakesStops(string id) => id == Paper || ExchangeDescriptions.Of(id).Stops;

    /// <summary>Whether a limit order can be sent so that it never takes.</summary>
    public static bool TakesPostOnly(string id) => id == Paper || ExchangeDescriptions.Of(id).PostOnly;

    /// <summary>Whether market buys on spot are sent by what they cost, on paper accounts too.</summary>
    public static bool BuysByCost(string id) => CostBuying.Contains(id);

    /// <summary>
    /// Whether a market buy needs a price of now to be sent: <see cref="BuysByCost"/>, or an exchange some of whose accounts buy so, which
    /// only the gateway can tell.
    /// </summary>
    public static bool MayBuyByCost(string id) => BuysByCost(id) || ExchangeDescriptions.Of(id).ClassicCostBuys;
}
