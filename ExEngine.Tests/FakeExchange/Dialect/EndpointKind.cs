namespace ExEngine.Tests.FakeExchange.Dialect;

internal enum EndpointKind
{
    Public,
    Query,
    Place,
    Cancel,
}
