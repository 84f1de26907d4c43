namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>The names are the ones on the wire.</summary>
internal enum FakeOrderType
{
    LIMIT,
    MARKET,
    STOP_LOSS,
    STOP_LOSS_LIMIT,
    TAKE_PROFIT,
    TAKE_PROFIT_LIMIT,
    LIMIT_MAKER,
}
