namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>The names are the ones on the wire.</summary>
internal enum FakeSide
{
    BUY,
    SELL,
}
