namespace ExEngine.Tests.FakeExchange.Trading;

/// <param name="Start">Milliseconds since 1970.</param>
internal sealed record Candle(long Start, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
