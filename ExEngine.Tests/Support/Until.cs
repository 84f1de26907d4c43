using System.Diagnostics;

namespace ExEngine.Tests.Support;

/// <summary>Waits for a condition instead of for time.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks again and again, at most every 20 ms, until the answer is yes; fails after the timeout (15 s).</summary>
    public static async Task True(Func<Task<bool>> condition, TimeSpan? timeout = null, Func<string>? otherwise = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (timeout ?? Patience))
            {
                throw new TimeoutException($"The condition did not hold within {timeout ?? Patience}. {otherwise?.Invoke()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public static Task True(Func<bool> condition, TimeSpan? timeout = null, Func<string>? otherwise = null) =>
        True(() => Task.FromResult(condition()), timeout, otherwise);
}
