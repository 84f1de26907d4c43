namespace ExEngine.Core.Hosting;

/// <summary>Delays that grow: soon at first, seldom at last. Pure: it knows no clock and keeps nothing.</summary>
/// <param name="First">The shortest delay.</param>
/// <param name="Max">The longest delay.</param>
/// <param name="Factor">How much longer each attempt's delay is than that of the one before.</param>
/// <param name="Jitter">
/// Source of numbers from 0 to 1; each shortens a delay by up to a half of it, so that many who failed together do not come back
/// together. None: always the whole delay.
/// </param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max, double Factor = 2, Func<double>? Jitter = null)
{
    /// <param name="attempt">1 for the first; less counts as the first.</param>
    /// <returns>The delay after that many attempts failed in a row.</returns>
    public TimeSpan ForAttempt(int attempt)
    {
        // In ticks as a double: a power that would overflow a TimeSpan is only larger than the longest.
        var ticks = Math.Min(First.Ticks * Math.Pow(Factor, Math.Max(attempt - 1, 0)), Max.Ticks);
        return Shortened(TimeSpan.FromTicks((long)ticks));
    }

    /// <param name="age">How long it has lasted.</param>
    /// <returns>That long again, within the bounds: each look doubles the age.</returns>
    public TimeSpan ForAge(TimeSpan age) =>
        Shortened(
            age < First ? First
            : age > Max ? Max
            : age
        );

    private TimeSpan Shortened(TimeSpan delay) => Jitter is null ? delay : delay * (1 - (Jitter() / 2));
}
