using ExEngine.Tests.Support;
using ExEngine.Web.Components.Live;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

public sealed class CoalescerTests
{
    [Fact]
    public async Task ManyRequests_RunFirstAtOnceAndOnceMoreAfterThePause()
    {
        var runs = 0;
        var gate = new TaskCompletionSource();
        using var coalescer = new Coalescer(
            TimeProvider.System,
            TimeSpan.FromMilliseconds(50),
            async () =>
            {
                Interlocked.Increment(ref runs);
                await gate.Task;
            }
        );

        for (var i = 0; i < 1000; i++)
        {
            coalescer.Request();
        }

        await Until.True(() => Volatile.Read(ref runs) == 1);
        gate.SetResult();
        await Until.True(() => Volatile.Read(ref runs) == 2);
        coalescer.Request();
        await Until.True(() => Volatile.Read(ref runs) == 3);
        runs.ShouldBe(3);
    }

    [Fact]
    public async Task FailedWork_DoesNotEndTheNext()
    {
        var runs = 0;
        using var coalescer = new Coalescer(
            TimeProvider.System,
            TimeSpan.FromMilliseconds(1),
            () =>
            {
                Interlocked.Increment(ref runs);
                throw new InvalidOperationException("expected");
            }
        );

        await Until.True(() =>
        {
            coalescer.Request();
            return Volatile.Read(ref runs) >= 3;
        });
    }
}
