using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;

namespace ExEngine.Web.Api;

/// <param name="Credentials">The account's fields that a live account must have: <c>apiKey</c>, <c>secret</c>, <c>passphrase</c>, …</param>
/// <param name="Paper">True for the built-in exchange, which needs no network.</param>
/// <param name="Streams">Whether prices and orders can be streamed.</param>
/// <param name="Available">False while the gateway that leads to it does not run.</param>
/// <param name="Reason">Why it is not available, and what to do.</param>
public sealed record ExchangeView(
    string Id,
    string Name,
    IReadOnlyList<string> Credentials,
    bool Paper,
    bool Streams,
    bool Available,
    string? Reason
)
{
    public static ExchangeView Of(ExchangeInfo exchange, GatewayReport gateway)
    {
        var paper = exchange.Id == ExchangeInfo.Paper;
        var available = paper || gateway.State is GatewayState.Running or GatewayState.Starting;
        return new(
            exchange.Id,
            exchange.Name,
            [.. exchange.Credentials.Select(c => c == "password" ? "passphrase" : c)],
            paper,
            exchange.Streams,
            available,
            available ? null : gateway.Reason
        );
    }
}
