namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>The names are the ones on the wire.</summary>
internal enum FakeOrderStatus
{
    NEW,
    PARTIALLY_FILLED,
    FILLED,
    CANCELED,
    EXPIRED,
    EXPIRED_IN_MATCH,
}
