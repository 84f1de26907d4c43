namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>How CCXT is asked for the order with a client id.</summary>
/// <param name="In">Methods of CCXT, asked one after the other until one has it: <c>fetchOrder</c>, or lists.</param>
/// <param name="As">The name under which the client id is passed on to the exchange.</param>
public sealed record ClientIdSearch(IReadOnlyList<string> In, string As);
