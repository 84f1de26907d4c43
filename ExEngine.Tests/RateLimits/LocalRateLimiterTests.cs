using ExEngine.Core.RateLimits;
using ExEngine.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.RateLimits;

public sealed class LocalRateLimiterTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly HandClock _time = new();
    private readonly LocalRateLimiter _limiter;

    public LocalRateLimiterTests() => _limiter = new LocalRateLimiter(_time);

    [Fact]
    public void ThirdWithinFiveSeconds_IsRefusedUntilTheFirstIsFiveSecondsOld()
    {
        _limiter.Acquire("a", 2, Window).ShouldBe(new RateDecision(true, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromSeconds(2));
        _limiter.Acquire("a", 2, Window).Allowed.ShouldBeTrue();
        _limiter.Acquire("a", 2, Window).ShouldBe(new RateDecision(false, TimeSpan.FromSeconds(3)));
        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        _limiter.Acquire("a", 2, Window).ShouldBe(new RateDecision(false, TimeSpan.FromTicks(1)));
        _time.Advance(TimeSpan.FromTicks(1));

        _limiter.Acquire("a", 2, Window).Allowed.ShouldBeTrue();
        _limiter.Acquire("a", 2, Window).ShouldBe(new RateDecision(false, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void RefusedRequest_TakesNoPermit()
    {
        _limiter.Acquire("a", 1, Window);
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _limiter.Acquire("a", 1, Window).Allowed.ShouldBeFalse();
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _limiter.Acquire("a", 1, Window).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void PermitThatIsReturned_IsTheNewest()
    {
        _limiter.Acquire("a", 2, Window);
        _time.Advance(TimeSpan.FromSeconds(2));
        _limiter.Acquire("a", 2, Window);

        _limiter.Return("a");
        _limiter.Return("nobody's");

        _limiter.Acquire("a", 2, Window).Allowed.ShouldBeTrue();
        _limiter.Acquire("a", 2, Window).ShouldBe(new RateDecision(false, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void OtherKey_HasItsOwnPermits()
    {
        _limiter.Acquire("a", 1, Window).Allowed.ShouldBeTrue();
        _limiter.Acquire("b", 1, Window).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void LimitThatIsChanged_CountsAtOnce()
    {
        Enumerable.Range(0, 3).ShouldAllBe(_ => _limiter.Acquire("a", 3, Window).Allowed);

        _limiter.Acquire("a", 1, Window).ShouldBe(new RateDecision(false, Window));
        _limiter.Acquire("a", 4, Window).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void RetryAfter_IsExactlyWhenTheNextIsAllowed() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_102, 297),
            Prop.ForAll(
                Arb.From(from permits in Gen.Choose(1, 4) from gaps in Gen.Choose(0, 3_000).ArrayOf(40) select (permits, gaps)),
                c =>
                {
                    var (time, taken) = (new HandClock(), new List<DateTimeOffset>());
                    var limiter = new LocalRateLimiter(time);
                    foreach (var gap in c.gaps)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(gap));
                        var now = time.GetUtcNow();
                        var inWindow = taken.Where(t => now - t < Window).ToList();
                        var expected =
                            inWindow.Count < c.permits
                                ? new RateDecision(true, TimeSpan.Zero)
                                : new RateDecision(false, Window - (now - inWindow[^c.permits]));

                        limiter.Acquire("a", c.permits, Window).ShouldBe(expected);
                        if (expected.Allowed)
                        {
                            taken.Add(now);
                        }
                    }
                }
            )
        );

    [Fact]
    public void ManyThreads_GetExactlyThePermits()
    {
        var allowed = 0;
        Parallel.For(
            0,
            10_000,
            _ =>
            {
                if (_limiter.Acquire("a", 100, Window).Allowed)
                {
                    Interlocked.Increment(ref allowed);
                }
            }
        );

        allowed.ShouldBe(100);
    }
}
