namespace ExEngine.Tests.FakeExchange;

public sealed record FakeBalance(decimal Free, decimal Locked)
{
    public decimal Total => Free + Locked;
}
