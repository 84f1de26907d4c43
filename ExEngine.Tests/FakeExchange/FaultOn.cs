namespace ExEngine.Tests.FakeExchange;

/// <summary>Which requests a fault is for.</summary>
public enum FaultOn
{
    Any,

    /// <summary>New orders.</summary>
    Place,

    Cancel,

    /// <summary>Signed questions: an order, open orders, trades, the account.</summary>
    Query,

    /// <summary>The list of trades alone.</summary>
    Trades,

    /// <summary>Prices and rules.</summary>
    Public,
}
