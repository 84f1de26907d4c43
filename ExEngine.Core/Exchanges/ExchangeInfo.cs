using ExEngine.Core.Exchanges.Ccxt.Descriptions;

namespace ExEngine.Core.Exchanges;

/// <summary>An exchange that accounts can be on.</summary>
/// <param name="Id">CCXT's id, or <c>paper</c>.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Credentials">What a live account needs, in CCXT's words: <c>apiKey</c>, <c>secret</c>, <c>password</c> (a passphrase),
/// …</param>
/// <param name="Streams">Whether CCXT can stream from it.</param>
public sealed record ExchangeInfo(string Id, string Name, IReadOnlyList<string> Credentials, bool Streams)
{
    /// <summary>Id of the built-in exchange.</summary>
    public const string Paper = "paper";

    /// <summary>Whether stop orders may rest there; elsewhere the engine watches stops itself.</summary>
    public static bool TakesStops(string id) => id == Paper || ExchangeDescriptions.Of(id).Stops;
}
