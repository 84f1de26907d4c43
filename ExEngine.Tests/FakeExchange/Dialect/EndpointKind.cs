namespace ExEngine.Tests.FakeExchange.Dialect;

internal enum EndpointKind
{
    Public,
    Query,

    /// <summary>A question too.</summary>
    Trades,
    Place,
    Cancel,
}
