namespace ExEngine.Tests.FakeExchange;

/// <summary>A price that moves by itself, at each interval by some ticks up or down. The same seed walks the same way.</summary>
public sealed record FakeWalk
{
    public int Seed { get; init; } = 1;
    public int Milliseconds { get; init; } = 500;

    /// <summary>The longest step in hundred-thousandths of the price, at least a tick: 20 is 0.02 %.</summary>
    public int MostSteps { get; init; } = 20;
}
