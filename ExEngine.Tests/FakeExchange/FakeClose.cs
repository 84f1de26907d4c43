namespace ExEngine.Tests.FakeExchange;

/// <summary>A minute in which there was one price; longer candles are made of such.</summary>
/// <param name="Start">UTC.</param>
public sealed record FakeClose(DateTime Start, decimal Close);
