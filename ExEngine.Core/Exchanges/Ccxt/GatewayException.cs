namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>The gateway did not do what it was asked. The message holds no key or signature.</summary>
/// <param name="code">
/// CCXT's name of the error, such as <c>NetworkError</c> or <c>ExchangeNotAvailable</c>; or <c>GatewayUnavailable</c>.
/// </param>
public sealed class GatewayException(string code, string message) : Exception(message)
{
    public const string Unavailable = "GatewayUnavailable";

    public string Code => code;

    /// <summary>The question did not reach the gateway, so nothing reached an exchange.</summary>
    public bool NothingSent { get; init; }
}
