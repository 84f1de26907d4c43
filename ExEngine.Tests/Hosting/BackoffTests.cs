using ExEngine.Core.Hosting;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Hosting;

public sealed class BackoffTests
{
    private static readonly Backoff Growing = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(int.MaxValue, 30)]
    public void EachAttempt_WaitsTwiceAsLongUpToTheLongest(int attempt, int seconds) =>
        Growing.ForAttempt(attempt).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Factor_IsHowMuchEachGrows() => (Growing with { Factor = 3 }).ForAttempt(3).ShouldBe(TimeSpan.FromSeconds(9));

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(7.5, 7.5)]
    [InlineData(99.0, 30.0)]
    public void Age_IsWaitedAgainWithinTheBounds(double age, double seconds) =>
        Growing.ForAge(TimeSpan.FromSeconds(age)).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(0.0, 4.0)]
    [InlineData(1.0, 2.0)]
    public void Jitter_TakesUpToHalfOff(double random, double seconds)
    {
        var jittered = Growing with { Jitter = () => (decimal)random };

        jittered.ForAttempt(3).ShouldBe(TimeSpan.FromSeconds(seconds));
        jittered.ForAge(TimeSpan.FromSeconds(4)).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void FirstLongerThanTheLongest_IsTheLongest() =>
        new Backoff(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)).ForAttempt(1).ShouldBe(TimeSpan.FromMinutes(1));
}
